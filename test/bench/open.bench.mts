// How soon a large database shows its first rows, and what that costs: ours beside sql.js, which reads the whole file.
// node test/bench/open.bench.mts [2|3|16|18]   JSON lines; the database is made once and kept in .demo/.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildDatabase } from '../support/buildDatabase.mts';
import { Sqlite } from '../support/core.mts';
import type { SchemaVersion } from '../support/occupancySchema.mts';
import type { OpenMeasurement } from './openOnce.mts';

const INTERVALS = 3_500_000;
const PAGE = 50;
const DEEP_PAGE = 60_000;
const RUNS = 5;

/** What we aim at, ms and bytes. */
const GOALS = { firstAreas: 300, firstPage: 100, deepPage: 50, rss: 80 * 1024 * 1024 };

const versions: readonly SchemaVersion[] = [2, 3, 16, 18];
const version = versions.find((known) => String(known) === process.argv[2]) ?? 3;
const folder = fileURLToPath(new URL('../../.demo/', import.meta.url));
const path = `${folder}bench-v${version}.db`;

function print(line: object): void {
  console.log(JSON.stringify(line));
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** How many times more theirs is. */
function ratio(ours: number, theirs: number): number {
  return Math.round((theirs / ours) * 10) / 10;
}

function makeOnce(): void {
  if (existsSync(path)) return;
  mkdirSync(folder, { recursive: true });
  const started = performance.now();
  const unfinished = `${path}.unfinished`;
  // At pace 1 an entity has about 59 intervals a day.
  const { intervalCount } = buildDatabase(unfinished, {
    version,
    areas: 12,
    entities: 200,
    days: 28,
    pace: INTERVALS / 28 / 200 / 59,
  });
  renameSync(unfinished, path);
  print({ bench: 'open', made: path, intervals: intervalCount, seconds: Math.round((performance.now() - started) / 1000) });
}

interface Place {
  readonly id: number;
  readonly startTime: string;
  readonly endTime: string;
}

/** The last row of the page before the deep one. Found by walking an index, which is what the cursor then saves. */
function cursorOfDeepPage(): { cursor: Place; intervals: number } {
  const db = new Sqlite(path, { readonly: true });
  try {
    const count = db.prepare<[], { count: number }>('SELECT count(*) AS count FROM intervals').get()?.count ?? 0;
    const rows = Math.min(PAGE * (DEEP_PAGE - 1), count - PAGE);
    const cursor = db
      .prepare<[number], Place>(
        `SELECT id, start_time AS startTime, end_time AS endTime FROM intervals
         ORDER BY start_time DESC, end_time DESC, id DESC LIMIT 1 OFFSET ?`,
      )
      .get(rows - 1);
    if (!cursor) throw new Error(`${path} has no row ${rows}`);
    return { cursor, intervals: count };
  } finally {
    db.close();
  }
}

function measure(engine: string, cursor: Place): OpenMeasurement {
  const script = fileURLToPath(new URL('openOnce.mts', import.meta.url));
  const child = spawnSync(process.execPath, [script, engine, path, JSON.stringify(cursor), String(PAGE)], { encoding: 'utf8' });
  const line = child.stdout.trim().split('\n').at(-1);
  if (child.status !== 0 || !line) throw new Error(`${engine}: ${child.stderr || `ended by ${child.signal}`}`);
  return JSON.parse(line);
}

makeOnce();
const { cursor, intervals } = cursorOfDeepPage();
const runs = Array.from({ length: RUNS }, () => measure('ours', cursor));
const typical: OpenMeasurement = {
  firstAreas: median(runs.map(({ firstAreas }) => firstAreas)),
  firstPage: median(runs.map(({ firstPage }) => firstPage)),
  deepPage: median(runs.map(({ deepPage }) => deepPage)),
  rss: median(runs.map(({ rss }) => rss)),
};
print({
  bench: 'open',
  file: { version, intervals, bytes: statSync(path).size },
  page: PAGE,
  deepPage: DEEP_PAGE,
  cursor: 'by a seek',
});
print({ bench: 'open', engine: 'ours', runs: RUNS, ...typical, slowest: Math.max(...runs.map(({ firstAreas }) => firstAreas)) });
try {
  const whole = measure('sql.js', cursor);
  print({ bench: 'open', engine: 'sql.js', runs: 1, ...whole });
  print({
    bench: 'open',
    timesBetterThanSqlJs: {
      firstAreas: ratio(typical.firstAreas, whole.firstAreas),
      firstPage: ratio(typical.firstPage, whole.firstPage),
      deepPage: ratio(typical.deepPage, whole.deepPage),
      rss: ratio(typical.rss, whole.rss),
    },
  });
} catch (error) {
  print({ bench: 'open', engine: 'sql.js', failed: String(error).slice(0, 300) });
}
const met = {
  firstAreas: typical.firstAreas <= GOALS.firstAreas,
  firstPage: typical.firstPage <= GOALS.firstPage,
  deepPage: typical.deepPage <= GOALS.deepPage,
  rss: typical.rss <= GOALS.rss,
};
print({ bench: 'open', goals: GOALS, met });
