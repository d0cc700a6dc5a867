// A backup of 1.2 GB while another program commits once a second and waits for nobody, beside one that lets each commit begin it again.
// node test/bench/backup.bench.mts   JSON lines; the database is made once and kept in .demo/.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildDatabase } from '../support/buildDatabase.mts';

/** 1.2 GB. */
const INTERVALS = 1_500_000;
/** s that the plain copy is given, times ours. */
const PATIENCE = 3;
/** What we aim at: a writer that never waits, memory (bytes), and a -wal as the writer alone would have it, bytes. */
const GOALS = { busy: 0, rss: 100e6, wal: 64e6 };

const folder = fileURLToPath(new URL('../../.demo/', import.meta.url));
const path = `${folder}bench-backup.db`;
const target = `${folder}bench-backup-copy.db`;
const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

function makeOnce(): void {
  if (existsSync(path)) return;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${path}.unfinished`;
  // At pace 1 an entity has about 59 intervals a day.
  buildDatabase(unfinished, { version: 18, areas: 12, entities: 200, days: 28, pace: INTERVALS / 28 / 200 / 59 });
  renameSync(unfinished, path);
}

interface Run {
  readonly milliseconds: number;
  readonly finished: boolean;
  readonly rss: number;
  readonly writer: { readonly commits: number; readonly busy: number; readonly longest: number };
  /** Bytes of the -wal at its largest. */
  readonly wal: number;
}

let committed = Math.floor(Date.now() / 1000) % 1_000_000;

async function run(copier: string, limit: number): Promise<Run> {
  const seconds = Math.ceil(limit / 1000);
  const writer = spawn(process.execPath, [
    script('../live/writer.mts'),
    path,
    'persistent',
    String(seconds),
    '1000',
    String((committed += 1000)),
  ]);
  let [written, wal, output] = ['', 0, ''];
  writer.stdout.on('data', (data: Buffer) => (written += data.toString()));
  const watch = setInterval(() => (wal = Math.max(wal, statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0)), 200);
  const started = performance.now();
  // As the database process is started.
  const child = spawn(process.execPath, ['--max-semi-space-size=1', script(copier), path, target]);
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  const giveUp = setTimeout(() => child.kill('SIGKILL'), limit);
  await new Promise((resolve) => child.once('exit', resolve));
  const milliseconds = Math.round(performance.now() - started);
  clearTimeout(giveUp);
  await new Promise((resolve) => writer.once('exit', resolve));
  clearInterval(watch);
  for (const file of ['', '.part', '.part-wal', '.part-shm', '.part-journal', '-journal'])
    rmSync(`${target}${file}`, { force: true });
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  const report = last === '' ? {} : (JSON.parse(last) as { bytes?: number; rss?: number });
  return { milliseconds, finished: report.bytes !== undefined, rss: report.rss ?? 0, writer: JSON.parse(written), wal };
}

makeOnce();
const ours = await run('../support/backUpOnce.mts', 120_000);
const plain = await run('backUpPlain.mts', ours.milliseconds * PATIENCE);
for (const [of, one] of Object.entries({ ours, plain }))
  console.log(JSON.stringify({ bench: 'backup', of, bytes: statSync(path).size, ...one }));
const met = {
  finished: ours.finished,
  busy: ours.writer.busy <= GOALS.busy,
  rss: ours.rss <= GOALS.rss,
  wal: ours.wal <= GOALS.wal,
};
console.log(JSON.stringify({ bench: 'backup', goals: GOALS, met }));
