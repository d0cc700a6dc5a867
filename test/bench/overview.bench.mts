// What an overview costs, alone and among 50 times as many rows: the same requests, side by side in one run.
// node test/bench/overview.bench.mts   JSON lines; the databases are those of timeline.bench.mts.
import { core } from '../support/core.mts';
import { makeOnce, median } from './benchHomes.mts';

const RUNS = 15;
const QUERY = { area: 'Living Room', entityLimit: 200 };

const databases = await Promise.all([1, 50].map((areas) => core.OccupancyDatabase.open(makeOnce(areas), { readLocks: 'never' })));
const times = { database: databases.map((): number[] => []), area: databases.map((): number[] => []) };
// By turns, so that a busy moment of the machine meets both.
for (let run = 0; run < RUNS; run += 1) {
  for (const [index, database] of databases.entries()) {
    const started = performance.now();
    await database.getOverview();
    const between = performance.now();
    await database.getAreaOverview(QUERY);
    times.database[index]?.push(between - started);
    times.area[index]?.push(performance.now() - between);
  }
}
await Promise.all(databases.map((database) => database.close()));
for (const [of, measured] of Object.entries(times)) {
  const [alone = Number.NaN, among = Number.NaN] = measured.map(median);
  const timesSlower = Math.round((among / alone) * 100) / 100;
  console.log(
    JSON.stringify({
      bench: 'overview',
      of,
      milliseconds: { alone, among },
      timesSlower,
      met: { timesSlower: timesSlower <= 2 },
    }),
  );
}
