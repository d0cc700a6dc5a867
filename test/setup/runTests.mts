// npm test: sets up what is missing, then runs every stage, whatever became of the ones before. The last line is `N passed, N failed`.
import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { constants } from 'node:os';
import { installCodeServer } from './codeServer.mts';
import { RESULTS, ROOT } from './paths.mts';
import { STAGES, type Counts, type Stage } from './stages.mts';
import { findChromium, findPython, findRedisServer } from './systemPrograms.mts';

interface StageResult extends Counts {
  readonly name: string;
  readonly seconds: number;
}

let current: ChildProcess | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    current?.kill(signal);
    process.exit(128 + constants.signals[signal]);
  });
}

function log(line: string): void {
  console.error(line);
}

async function setUp(): Promise<Counts> {
  try {
    await findPython(log);
    await findRedisServer(log);
    await findChromium(log);
    await installCodeServer(log);
    return { passed: 1, failed: 0 };
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1 };
  }
}

/** @returns the exit code of the command, whose output goes where ours does */
function runCommand([command, args]: Stage['command']): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    current = child;
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function runStage({ command, count }: Stage): Promise<Counts> {
  const code = await runCommand(command);
  if (!count) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  // No report: the stage ended before its first test.
  const counts = await count().catch((): Counts => ({ passed: 0, failed: 0 }));
  const silent = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  return silent ? { passed: counts.passed, failed: 1 } : counts;
}

async function timed(name: string, run: () => Promise<Counts>): Promise<StageResult> {
  console.log(`\n── ${name} ──`);
  const started = performance.now();
  const counts = await run();
  return { name, ...counts, seconds: (performance.now() - started) / 1000 };
}

await rm(RESULTS, { recursive: true, force: true });
const results = [await timed('set-up', setUp)];
for (const stage of STAGES) results.push(await timed(stage.name, () => runStage(stage)));

console.log('\n── summary ──');
for (const { name, passed, failed, seconds } of results) {
  console.log(`${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)`);
}
const total = (of: keyof Counts): number => results.reduce((sum, result) => sum + result[of], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 ? 0 : 1;
