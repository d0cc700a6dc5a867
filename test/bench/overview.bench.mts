// What an overview of a home costs after a day and after four weeks, with 28 times as many intervals: side by side in one run.
// node test/bench/overview.bench.mts   JSON lines; the databases are made once and kept in .demo/.
import { core } from '../support/core.mts';
import { makeOnce, median } from './benchHomes.mts';

const RUNS = 15;
const AREAS = 50;
const QUERY = { area: 'Living Room', entityLimit: 200 };

/** Does not rest after reading, which a database does for as long as it read: that would count what took above 4 ms twice. */
const clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep: async () => {} };

const open = (path: string) => core.OccupancyDatabase.open(path, { readLocks: 'never', clock });
const databases = await Promise.all([makeOnce(AREAS, 1), makeOnce(AREAS)].map(open));
const times = { database: databases.map((): number[] => []), area: databases.map((): number[] => []) };
// By turns, so that a busy moment of the machine meets both.
for (let run = 0; run < RUNS; run += 1) {
  for (const [index, database] of databases.entries()) {
    const started = performance.now();
    await database.getOverview();
    times.database[index]?.push(performance.now() - started);
    const again = performance.now();
    await database.getAreaOverview(QUERY);
    times.area[index]?.push(performance.now() - again);
  }
}
await Promise.all(databases.map((database) => database.close()));
for (const [of, measured] of Object.entries(times)) {
  const [day = Number.NaN, fourWeeks = Number.NaN] = measured.map(median);
  const timesSlower = Math.round((fourWeeks / day) * 100) / 100;
  console.log(
    JSON.stringify({
      bench: 'overview',
      of,
      milliseconds: { day, fourWeeks },
      timesSlower,
      met: { timesSlower: timesSlower <= 2 },
    }),
  );
}
