// What four weeks of 60 entities cost, alone and among 50 times as many others: the same request, side by side in one run.
// node test/bench/timeline.bench.mts   JSON lines; the databases are made once and kept in .demo/.
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core } from '../support/core.mts';

const RUNS = 9;
const ENTITIES = 60;
/** At pace 1 an entity has about 59 intervals a day: 100,000 in all. */
const DAYS = 28;
const QUERY = { area: 'Living Room', from: '2026-10-23 00:00:00', to: '2026-11-20 00:00:00', resolution: 8 * 3_600_000 };

const folder = fileURLToPath(new URL('../../.demo/', import.meta.url));

/** @returns the path of a database whose first area has 60 entities, as has each of the others */
function makeOnce(areas: number): string {
  const path = `${folder}bench-timeline-${areas}.db`;
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${path}.unfinished`;
  const { intervalCount } = buildDatabase(unfinished, { version: 18, areas, entities: areas * ENTITIES, days: DAYS });
  renameSync(unfinished, path);
  console.log(JSON.stringify({ bench: 'timeline', made: path, intervals: intervalCount }));
  return path;
}

function median(numbers: readonly number[]): number {
  return Math.round(numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN);
}

const databases = await Promise.all([1, 50].map((areas) => core.OccupancyDatabase.open(makeOnce(areas), { readLocks: 'never' })));
const times = databases.map((): number[] => []);
let bytes = 0;
// By turns, so that a busy moment of the machine meets both.
for (let run = 0; run < RUNS; run += 1) {
  for (const [index, database] of databases.entries()) {
    const started = performance.now();
    const { lanes } = await database.getTimeline(QUERY);
    times[index]?.push(performance.now() - started);
    bytes = Math.max(
      bytes,
      lanes.reduce((sum, { boxes }) => sum + boxes.length, 0),
    );
  }
}
await Promise.all(databases.map((database) => database.close()));
const [alone = Number.NaN, among = Number.NaN] = times.map(median);
const timesSlower = Math.round((among / alone) * 100) / 100;
console.log(
  JSON.stringify({
    bench: 'timeline',
    milliseconds: { alone, among },
    timesSlower,
    bytes,
    met: { timesSlower: timesSlower <= 2, bytes: bytes <= 200_000 },
  }),
);
