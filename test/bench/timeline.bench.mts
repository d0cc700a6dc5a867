// What four weeks of 60 entities cost, alone and among 50 times as many others: the same request, side by side in one run.
// node test/bench/timeline.bench.mts   JSON lines; the databases are made once and kept in .demo/.
import { core } from '../support/core.mts';
import { makeOnce, median } from './benchHomes.mts';

const RUNS = 9;
const AREA = 'Living Room';
const FOUR_WEEKS = { from: '2026-10-23 00:00:00', to: '2026-11-20 00:00:00' };
/** As the text plot asks for it. */
const QUERY = { area: AREA, ...FOUR_WEEKS, resolution: 8 * 3_600_000 };

const databases = await Promise.all([1, 50].map((areas) => core.OccupancyDatabase.open(makeOnce(areas), { readLocks: 'never' })));
const times = databases.map((): number[] => []);
const entities = (await databases[0]?.getEntities({ area: AREA })) ?? [];
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
// As a page 1400 pixels wide asks for it, of 40 lanes: all that has room in a window.
const drawn = await databases[0]?.getLanes({
  occupied: [AREA],
  entities: entities.slice(0, 39),
  ...FOUR_WEEKS,
  resolution: (28 * 86_400_000) / 1400,
});
const lanes = [...(drawn?.occupied ?? []), ...(drawn?.entities ?? [])];
const drawnBytes = lanes.reduce((sum, { boxes }) => sum + boxes.length, 0);
const cells = drawn ? (drawn.to - drawn.from) / drawn.resolution : 0;
await Promise.all(databases.map((database) => database.close()));
const [alone = Number.NaN, among = Number.NaN] = times.map(median);
const timesSlower = Math.round((among / alone) * 100) / 100;
console.log(
  JSON.stringify({
    bench: 'timeline',
    milliseconds: { alone, among },
    timesSlower,
    bytes,
    drawn: { lanes: lanes.length, bytes: drawnBytes, cells },
    met: { timesSlower: timesSlower <= 2, bytes: bytes <= 200_000, drawn: drawnBytes <= 200_000 && cells >= 400 },
  }),
);
