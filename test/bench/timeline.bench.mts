// What four weeks of 60 entities cost, alone and among 50 times as many others: the same request, side by side in one run.
// node test/bench/timeline.bench.mts   JSON lines; the databases are made once and kept in .demo/.
import { core } from '../support/core.mts';
import { makeOnce, median } from './benchHomes.mts';

const RUNS = 9;
const QUERY = { area: 'Living Room', from: '2026-10-23 00:00:00', to: '2026-11-20 00:00:00', resolution: 8 * 3_600_000 };

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
