import { isActive } from '../activeStates';
import { isNumericType } from '../entityTypes';
import type { SqlReader } from '../ports/sql';
import type { OccupancyQueries } from '../sql/occupancyQueries';
import type { LaneRow } from '../sql/rows';
import { StoredTimes } from '../storedTimes';
import { utcTextOfMicroseconds } from '../time';
import { LaneLayout } from '../timeline/layLane';
import { BoxReducer } from '../timeline/reduceBoxes';
import type { Box, LaneState } from '../timeline/timeline';
import { firstReaching } from './firstReaching';
import { BEFORE_ALL_TIMES, timeBound } from './timeBounds';
import type { TimeSpan } from './timeSpans';

/** States of one lane that are told apart by name; nobody could tell more colours apart, and the answer stays small. */
const MOST_STATES = 32;

/** The intervals of one entity over a range of time, read in pages and reduced at once to boxes. */
export class LaneReading {
  readonly entityId: string;
  readonly entityType: string;
  readonly numeric: boolean;
  readonly states: LaneState[] = [];
  readonly boxes: Box[] = [];
  readonly #reader: SqlReader;
  readonly #queries: OccupancyQueries;
  readonly #bounds: { readonly from: string; readonly to: string };
  readonly #layout: LaneLayout;
  readonly #reducer: BoxReducer;
  readonly #times = new StoredTimes();
  readonly #placeOf = new Map<string, number>();
  #cursor: { readonly start: string; readonly end: string; readonly id: number };

  constructor(
    reader: SqlReader,
    queries: OccupancyQueries,
    { entityId, entityType }: { readonly entityId: string; readonly entityType: string },
    { start: from, end: to }: TimeSpan,
    resolution: number,
  ) {
    this.#reader = reader;
    this.#queries = queries;
    this.entityId = entityId;
    this.entityType = entityType;
    this.numeric = isNumericType(entityType);
    this.#bounds = { from: bound(from), to: bound(to) };
    this.#cursor = { start: firstReaching(reader, queries, entityId, from), end: BEFORE_ALL_TIMES, id: 0 };
    this.#reducer = new BoxReducer({ from, resolution }, (box) => this.boxes.push(box));
    this.#layout = new LaneLayout({ from, to }, (box) => this.#reducer.add(box));
    if (this.numeric) this.states.push({ name: 'number', active: false });
  }

  /** Reads a page of at most `limit` rows. @returns the rows read; fewer than `limit` when these were the last */
  readPage(limit: number): number {
    const parameters = { entity: this.entityId, ...this.#bounds, ...this.#cursor, limit };
    const rows = this.#reader.all(this.#queries.lanePage, parameters);
    for (const row of rows) this.#add(row);
    const last = rows.at(-1);
    if (last) this.#cursor = { start: last.start_time, end: last.end_time, id: last.id };
    if (rows.length < limit) {
      this.#layout.finish();
      this.#reducer.finish();
    }
    return rows.length;
  }

  #add({ state, start_time: start, end_time: end }: LaneRow): void {
    const value = this.numeric ? numberIn(state) : null;
    const place = value === null ? this.#place(state) : 0;
    this.#layout.add({ start: this.#times.microseconds(start), end: this.#times.microseconds(end), state: place, value });
  }

  #place(name: string): number {
    const known = this.#placeOf.get(name);
    if (known !== undefined) return known;
    const isOther = this.states.length >= MOST_STATES - 1;
    const place = isOther ? MOST_STATES - 1 : this.states.length;
    this.#placeOf.set(name, place);
    this.states[place] = isOther ? { name: 'other states', active: false } : { name, active: isActive(this.entityType, name) };
    return place;
  }
}

function bound(microseconds: number): string {
  return timeBound(utcTextOfMicroseconds(microseconds), 'time');
}

function numberIn(text: string): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  // Adding 0 makes 0 of −0.
  return Number.isFinite(number) ? number + 0 : null;
}
