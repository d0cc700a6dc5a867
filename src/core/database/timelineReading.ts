import type { SqlReader } from '../ports/sql';
import type { OccupancyQueries } from '../sql/occupancyQueries';
import { packBoxes } from '../timeline/packBoxes';
import { reduceBoxes } from '../timeline/reduceBoxes';
import type { OccupiedLane, Timeline, TimelineLane } from '../timeline/timeline';
import { LaneReading } from './laneReading';
import { OccupiedReading } from './occupiedReading';
import type { TimeSpan } from './timeSpans';

/** Rows that one step reads: about 10 ms. */
const STEP_ROWS = 2000;
/** What a statement costs that finds nothing, in rows. */
const SEEK_ROWS = 50;

/** Bytes of boxes that an answer holds at most; the states' names come to it. */
const MOST_BYTES = 180_000;
/** Cells of all lanes that are kept while reading. */
const MOST_CELLS = 40_000;
const MOST_LANES = 120;

export interface TimelineScope {
  /** null for a timeline of one entity. */
  readonly area: string | null;
  /** In the order of the lanes. */
  readonly entities: readonly { readonly entityId: string; readonly entityType: string }[];
}

/**
 * A timeline while it is read, in steps that each end before others are made to wait; a step that throws can be made again.
 * Only what the cells of the grid show is kept, however many rows are read.
 */
export class TimelineReading {
  readonly #range: TimeSpan;
  readonly #resolution: number;
  readonly #occupied: OccupiedReading | null;
  readonly #lanes: readonly LaneReading[];
  readonly #omitted: number;
  #occupiedRead: boolean;
  #lanesRead = 0;

  /** @param range µs since the epoch; @param resolution µs */
  constructor(reader: SqlReader, queries: OccupancyQueries, scope: TimelineScope, range: TimeSpan, resolution: number) {
    const { area, entities } = scope;
    const shown = entities.slice(0, MOST_LANES);
    this.#range = range;
    this.#resolution = widened(resolution, (range.end - range.start) * (shown.length + 1));
    this.#occupied = area === null ? null : new OccupiedReading(reader, queries, area, range);
    this.#occupiedRead = area === null;
    this.#lanes = shown.map((entity) => new LaneReading(reader, queries, entity, range, this.#resolution));
    this.#omitted = entities.length - shown.length;
  }

  /** @returns whether all is read */
  step(): boolean {
    if (!this.#occupiedRead) this.#occupiedRead = this.#occupied?.step() ?? true;
    else this.#readLanes();
    return this.#occupiedRead && this.#lanesRead === this.#lanes.length;
  }

  /** The answer, once all is read: with cells as much wider as it takes to make it small enough. */
  timeline(): Timeline {
    for (let multiple = 1; ;) {
      const timeline = this.#reducedTo(this.#resolution * multiple);
      const bytes = timeline.lanes.reduce((sum, { boxes }) => sum + boxes.length, timeline.occupied?.boxes.length ?? 0);
      if (bytes <= MOST_BYTES) return timeline;
      multiple = Math.max(multiple + 1, Math.floor((multiple * bytes) / MOST_BYTES));
    }
  }

  #readLanes(): void {
    for (let budget = STEP_ROWS; budget > 0;) {
      const lane = this.#lanes[this.#lanesRead];
      if (!lane) return;
      const limit = Math.max(SEEK_ROWS, budget);
      const rows = lane.readPage(limit);
      if (rows < limit) this.#lanesRead += 1;
      budget -= Math.max(rows, SEEK_ROWS);
    }
  }

  #reducedTo(resolution: number): Timeline {
    const { start: from, end: to } = this.#range;
    const occupied: OccupiedLane | null = this.#occupied?.lane(this.#range, resolution) ?? null;
    const lanes = this.#lanes.map(({ entityId, entityType, numeric, states, boxes }): TimelineLane => {
      const reduced = resolution === this.#resolution ? boxes : reduceBoxes(boxes, { from, resolution });
      return { entityId, entityType, numeric, states, boxes: packBoxes(reduced, from) };
    });
    return { from, to, resolution, occupied, lanes, omitted: this.#omitted };
  }
}

/** The smallest multiple of `resolution` of which `time` has few enough cells. */
function widened(resolution: number, time: number): number {
  return resolution * Math.ceil(time / resolution / MOST_CELLS);
}
