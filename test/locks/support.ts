import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/temporaryFolder.mts';

/** A new folder with a lock path in it, removed after the test. */
export function lockFolder(): { folder: string; path: string } {
  const folder = temporaryFolder('lock');
  onTestFinished(() => folder.remove());
  return { folder: folder.path, path: join(folder.path, 'area_occupancy.db.lock') };
}

/** Writes a lock file as a peer would have, `age` seconds ago. */
export function plant(path: string, content: string, age: number): void {
  writeFileSync(path, content, { mode: 0o644 });
  const then = Date.now() / 1000 - age;
  utimesSync(path, then, then);
}

/** Starts one of the programs beside this file. `.mts` runs in this very Node, `.py` in the system's Python. */
export function start(what: string | { program: string; env: NodeJS.ProcessEnv }, ...args: (string | number)[]): ChildProcess {
  const { program, env } = typeof what === 'string' ? { program: what, env: {} } : what;
  const file = fileURLToPath(new URL(program, import.meta.url));
  const runtime = program.endsWith('.py') ? python() : process.execPath;
  const child = spawn(runtime, [file, ...args.map(String)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Resolves with the next line that the child prints. */
export async function line(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
  return chunk.toString().trim();
}

/** What the contenders share: a counter, the number of additions really made, and the faults that they found. */
export class SharedState {
  readonly folder = lockFolder().folder;

  constructor() {
    writeFileSync(join(this.folder, 'counter'), '00000000');
    writeFileSync(join(this.folder, 'done'), '');
  }

  get counter(): number {
    return Number(readFileSync(join(this.folder, 'counter'), 'latin1'));
  }

  get done(): number {
    return statSync(join(this.folder, 'done')).size;
  }

  get faults(): string {
    const path = join(this.folder, 'faults');
    return existsSync(path) ? readFileSync(path, 'latin1') : '';
  }
}

function python(): string {
  if (spawnSync('python3', ['--version']).status === 0) return 'python3';
  throw new Error('python3 is missing: apt-get install python3');
}
