import type { SqlReader } from '../ports/sql';
import type { OccupancyQueries } from '../sql/occupancyQueries';
import { utcMicroseconds, utcTextOfMicroseconds } from '../time';
import type { SyncPlanner } from './syncPlanner';
import type { TimeRows } from './timeRows';

/** Keys read at a time: a few ms. */
const PAGE = 2000;

/** Runs one read of the database. */
export type ReadDatabase = <T>(query: (reader: SqlReader) => T) => Promise<T>;

/** Takes out of the planner every row whose key the database has. */
export async function takeOutExisting(planner: SyncPlanner, queries: OccupancyQueries, read: ReadDatabase): Promise<void> {
  const { intervals, intervalEnds, samples } = planner;
  const { existingIntervals, samples: sampleQueries } = queries;
  for (const [index, tally] of planner.tallies.entries()) {
    const entity = tally.entity.entityId;
    tally.intervalsThere += await takeOut(intervals, index, {
      end: (row) => intervalEnds.get(row),
      page: (after, to) => {
        const parameters = { entity, start: after.at, end: after.end, to, limit: PAGE };
        return read((reader) => reader.all(existingIntervals, parameters)).then((rows) =>
          rows.map(({ start_time: at, end_time: end }) => ({ at, end })),
        );
      },
    });
    if (!sampleQueries) continue;
    tally.samplesThere += await takeOut(samples, index, {
      end: (row) => samples.at(row),
      page: (after, to) => {
        const parameters = { entity, after: after.at, to, limit: PAGE };
        return read((reader) => reader.all(sampleQueries.existing, parameters)).then((rows) =>
          rows.map(({ timestamp }) => ({ at: timestamp, end: timestamp })),
        );
      },
    });
  }
}

/** The times that tell a row from others of its entity, as stored; a sample's end is its time. */
interface Key {
  readonly at: string;
  readonly end: string;
}

interface RowKind {
  /** µs. */
  readonly end: (row: number) => number;
  /** The database's keys after one and up to a time, in order; less than PAGE when there are no more. */
  readonly page: (after: Key, to: string) => Promise<readonly Key[]>;
}

/** Walks an entity's rows beside the keys that the database has in their time, both in order. Returns how many it took out. */
async function takeOut(rows: TimeRows, entity: number, { end, page }: RowKind): Promise<number> {
  const [first, last] = [rows.first(entity), rows.last(entity)];
  if (first === null || last === null) return 0;
  const to = utcTextOfMicroseconds(rows.at(last));
  const walk = rows.walk(entity);
  let after: Key | undefined = { at: utcTextOfMicroseconds(rows.at(first) - 1), end: '' };
  let taken = 0;
  while (after) {
    const keys: readonly Key[] = await page(after, to);
    for (const key of keys) {
      const [keyAt, keyEnd] = [storedMicroseconds(key.at), storedMicroseconds(key.end)];
      if (Number.isNaN(keyAt + keyEnd)) continue;
      const compare = (row: number): number => rows.at(row) - keyAt || end(row) - keyEnd;
      for (let row = walk.row(); row !== null && compare(row) < 0; row = walk.row()) walk.advance();
      const row = walk.row();
      if (row === null) return taken;
      if (compare(row) !== 0) continue;
      walk.takeOut();
      taken += 1;
    }
    after = keys.length < PAGE ? undefined : keys.at(-1);
  }
  return taken;
}

/** µs; NaN for a text in another form than AOD's, which is the key of no row of ours: the database compares texts. */
function storedMicroseconds(text: string): number {
  const microseconds = utcMicroseconds(text);
  return Number.isNaN(microseconds) || utcTextOfMicroseconds(microseconds) === text ? microseconds : Number.NaN;
}
