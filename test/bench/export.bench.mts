// What an export of a million intervals costs beside the least that does the same: SQLite's own iteration and JSON.stringify to a file.
// node test/bench/export.bench.mts   JSON lines; the database is made once and kept in .demo/.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildDatabase } from '../support/buildDatabase.mts';

const INTERVALS = 1_000_000;
const RUNS = 3;
/** What we aim at, times the bare loop. An export rests for as long as it reads, so that a writer gets through. */
const GOALS = { time: 4, rss: 1.6 };

const folder = fileURLToPath(new URL('../../.demo/', import.meta.url));
const path = `${folder}bench-export.db`;

interface Measured {
  readonly rows: number;
  readonly bytes: number;
  readonly milliseconds: number;
  readonly rss: number;
}

function median(numbers: readonly number[]): number {
  return Math.round(numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN);
}

function makeOnce(): void {
  if (existsSync(path)) return;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${path}.unfinished`;
  // At pace 1 an entity has about 59 intervals a day.
  buildDatabase(unfinished, { version: 18, areas: 12, entities: 200, days: 28, pace: INTERVALS / 28 / 200 / 59 });
  renameSync(unfinished, path);
}

function measure(script: string, ending: string): Measured {
  const target = `${folder}bench-export.${ending}`;
  // As the database process is started.
  const args = ['--max-semi-space-size=1', fileURLToPath(new URL(script, import.meta.url)), path, target];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8' });
  for (const file of [target, `${target}.part`]) rmSync(file, { force: true });
  if (child.status !== 0) throw new Error(child.stderr || `ended by ${child.signal}`);
  return JSON.parse(child.stdout);
}

makeOnce();
const runs = { bare: [] as Measured[], ndjson: [] as Measured[], csv: [] as Measured[] };
// By turns, so that a busy moment of the machine meets all.
for (let run = 0; run < RUNS; run += 1) {
  runs.bare.push(measure('exportBare.mts', 'ndjson'));
  runs.ndjson.push(measure('../support/exportOnce.mts', 'ndjson'));
  runs.csv.push(measure('../support/exportOnce.mts', 'csv'));
}
const typical = Object.entries(runs).map(([of, list]) => {
  const milliseconds = median(list.map((one) => one.milliseconds));
  const { rows = 0, bytes = 0 } = list[0] ?? {};
  return {
    of,
    rows,
    bytes,
    milliseconds,
    rowsPerSecond: Math.round((rows / milliseconds) * 1000),
    rss: median(list.map(({ rss }) => rss)),
  };
});
for (const line of typical) console.log(JSON.stringify({ bench: 'export', ...line }));
const [bare, ...ours] = typical;
const timesBare = (of: 'milliseconds' | 'rss'): number =>
  Math.max(...ours.map((one) => Math.round((one[of] / (bare?.[of] ?? 1)) * 100) / 100));
const times = { time: timesBare('milliseconds'), rss: timesBare('rss') };
const met = { time: times.time <= GOALS.time, rss: times.rss <= GOALS.rss };
console.log(JSON.stringify({ bench: 'export', timesBare: times, goals: GOALS, met }));
