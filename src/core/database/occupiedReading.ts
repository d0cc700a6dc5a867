import type { SqlReader } from '../ports/sql';
import type { OccupancyQueries } from '../sql/occupancyQueries';
import { BoxReducer } from '../timeline/reduceBoxes';
import type { Box, OccupiedLane } from '../timeline/timeline';
import { DAY_US, SECOND_US } from '../time';
import { cachedTime, cacheReach, motionTime } from './occupiedTime';
import { bridgeGaps, clipSpans, mergeSpans, type TimeSpan } from './timeSpans';

/**
 * AOD takes an area for occupied until some time after the last motion. That time is a setting of the area, kept where tokens are
 * kept too, so it is not read: this is AOD's default, µs.
 */
const MOTION_TIMEOUT = 300 * SECOND_US;

/** The motion sensors of an area are read this much at a time, µs: a few thousand rows. */
const WINDOW = 2 * DAY_US;

/** When an area was occupied over a range of time, read in steps: AOD's cache where it speaks, and the motion sensors elsewhere. */
export class OccupiedReading {
  readonly #reader: SqlReader;
  readonly #queries: OccupancyQueries;
  readonly #area: string;
  readonly #cached: TimeSpan | null;
  readonly #silent: readonly TimeSpan[];
  readonly #windows: TimeSpan[];
  readonly #motion: TimeSpan[] = [];
  #occupied: readonly TimeSpan[] = [];

  constructor(reader: SqlReader, queries: OccupancyQueries, area: string, range: TimeSpan) {
    this.#reader = reader;
    this.#queries = queries;
    this.#area = area;
    const reach = cacheReach(reader, queries, area);
    const cached = reach && clipSpans([range], reach)[0];
    this.#cached = cached ?? null;
    this.#silent = cached
      ? clipSpans(
          [
            { ...range, end: cached.start },
            { ...range, start: cached.end },
          ],
          range,
        )
      : [range];
    if (cached) this.#occupied = cachedTime(reader, queries, area, cached);
    this.#windows = this.#silent.flatMap(windows);
  }

  /** Reads a little more. @returns whether all is read */
  step(): boolean {
    const [window] = this.#windows;
    if (!window) return true;
    this.#motion.push(...motionTime(this.#reader, this.#queries, this.#area, window));
    this.#windows.shift();
    return this.#windows.length === 0;
  }

  /** What was read, once all is. */
  spans(): TimeSpan[] {
    const motion = bridgeGaps(mergeSpans(this.#motion), MOTION_TIMEOUT);
    return mergeSpans([...this.#occupied, ...this.#silent.flatMap((silent) => clipSpans(motion, silent))]);
  }

  /** The same as boxes, those that share a cell of the grid merged. */
  boxes(range: TimeSpan, resolution: number): Box[] {
    const boxes: Box[] = [];
    const reducer = new BoxReducer({ from: range.start, resolution }, (box) => boxes.push(box));
    for (const span of this.spans()) reducer.add(occupiedBox(span));
    reducer.finish();
    return boxes;
  }

  get source(): OccupiedLane['source'] {
    if (!this.#cached) return 'motion';
    return this.#silent.length > 0 ? 'both' : 'cache';
  }
}

/** Windows that cover a span, and as much before and after it as a gap may be wide that is bridged. */
function windows({ start, end }: TimeSpan): TimeSpan[] {
  const [low, high] = [start - MOTION_TIMEOUT, end + MOTION_TIMEOUT];
  const count = Math.ceil((high - low) / WINDOW);
  return Array.from({ length: count }, (_, index) => {
    const from = low + index * WINDOW;
    return { start: from, end: Math.min(from + WINDOW, high) };
  });
}

function occupiedBox({ start, end }: TimeSpan): Box {
  return { start, end, parts: [{ state: 0, duration: end - start }], intervals: 1, overlaps: false, value: null };
}
