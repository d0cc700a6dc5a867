// What views of four weeks of 60 entities read, alone and among 50 times as many others (5 M intervals): the same requests, side by
// side in one run.
// node test/bench/timeline.bench.mts   JSON lines; the databases are made once and kept in .demo/.
import type { OccupancyDatabase } from '../../src/library.ts';
import { core } from '../support/core.mts';
import { makeOnce, median } from './benchHomes.mts';

const RUNS = 9;
const AREA = 'Living Room';
const FOUR_WEEKS = { from: '2026-10-23 00:00:00', to: '2026-11-20 00:00:00' };
const RARE = { states: ['unavailable'] };
/** ms in which a view has all it asks for, however many times longer that is. */
const UNSEEN = 1;
/** Lanes that have room in a window. */
const ROOM = 39;

/** Does not rest after reading, which a database does for as long as it read: that would count everything twice. */
const clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep: async () => {} };

const open = (path: string) => core.OccupancyDatabase.open(path, { readLocks: 'never', clock });
const databases = await Promise.all([1, 50].map((areas) => open(makeOnce(areas))));
const entities = ((await databases[0]?.getEntities({ area: AREA })) ?? []).slice(0, ROOM);
const motion = entities[0]?.entityId ?? '';

/** As the views ask, each in the database's own way. */
const requests: Record<string, (database: OccupancyDatabase) => Promise<unknown>> = {
  'the timeline as text': (database) => database.getTimeline({ area: AREA, ...FOUR_WEEKS, resolution: 8 * 3_600_000 }),
  // Of a page 1400 pixels wide.
  'the timeline drawn': (database) =>
    database.getLanes({ occupied: [AREA], entities, ...FOUR_WEEKS, resolution: (28 * 86_400_000) / 1400 }),
  'days of an area': (database) => database.getIntervalDays({ area: AREA, timeZone: 'UTC', limit: 60, countLimit: 10_000 }),
  'days that a filter leaves of an area': (database) =>
    database.getIntervalDays({ area: AREA, filter: RARE, timeZone: 'UTC', limit: 60, countLimit: 10_000 }),
  'a page of an area': (database) => database.getIntervals({ area: AREA, limit: 200 }),
  'a page that a filter leaves of an entity': (database) => database.getIntervals({ entity: motion, filter: RARE, limit: 200 }),
  'the moment under the cursor': (database) =>
    database.getTimeline({ entity: motion, from: '2026-11-10 12:00:00', to: '2026-11-10 12:30:00', resolution: 60_000 }),
};

for (const [of, request] of Object.entries(requests)) {
  const times = databases.map((): number[] => []);
  // By turns, so that a busy moment of the machine meets both; once before, since what is prepared is kept.
  for (let run = -1; run < RUNS; run += 1) {
    for (const [index, database] of databases.entries()) {
      const started = performance.now();
      await request(database);
      if (run >= 0) times[index]?.push(performance.now() - started);
    }
  }
  const [alone = Number.NaN, among = Number.NaN] = times.map((measured) => median(measured, 100));
  const timesSlower = Math.round((among / alone) * 100) / 100;
  const met = { timesSlower: timesSlower <= 2 || among < UNSEEN };
  console.log(JSON.stringify({ bench: 'timeline', of, milliseconds: { alone, among }, timesSlower, met }));
}

const [database] = databases;
if (database) {
  const { lanes } = await database.getTimeline({ area: AREA, ...FOUR_WEEKS, resolution: 8 * 3_600_000 });
  const drawn = await database.getLanes({ occupied: [AREA], entities, ...FOUR_WEEKS, resolution: (28 * 86_400_000) / 1400 });
  const bytesOf = (some: readonly { readonly boxes: Uint8Array }[]): number =>
    some.reduce((sum, { boxes }) => sum + boxes.length, 0);
  const bytes = { text: bytesOf(lanes), drawn: bytesOf([...drawn.occupied, ...drawn.entities]) };
  const cells = (drawn.to - drawn.from) / drawn.resolution;
  const met = { text: bytes.text <= 200_000, drawn: bytes.drawn <= 200_000 && cells >= 400 };
  console.log(JSON.stringify({ bench: 'timeline', of: 'bytes of a view', bytes, cells, met }));
}
await Promise.all(databases.map((one) => one.close()));
