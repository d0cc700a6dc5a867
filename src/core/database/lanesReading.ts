import type { SqlReader } from '../ports/sql';
import type { OccupancyQueries } from '../sql/occupancyQueries';
import { reduceBoxes } from '../timeline/reduceBoxes';
import type { Box } from '../timeline/timeline';
import { LaneReading } from './laneReading';
import { OccupiedReading } from './occupiedReading';
import type { TimeSpan } from './timeSpans';

/** Rows that one step reads: about 10 ms. */
const STEP_ROWS = 2000;
/** What a statement costs that finds nothing, in rows. */
const SEEK_ROWS = 50;

/** Cells of all lanes that are kept while reading. */
const MOST_CELLS = 60_000;

export interface LanesScope {
  /** Areas whose occupied time is read. */
  readonly occupied: readonly string[];
  /** In the order of the lanes. */
  readonly entities: readonly { readonly entityId: string; readonly entityType: string }[];
}

/** Lanes as they were read, on a grid. */
export interface ReadLanes {
  readonly range: TimeSpan;
  /** µs */
  readonly resolution: number;
  readonly occupied: readonly {
    readonly area: string;
    readonly source: OccupiedReading['source'];
    readonly boxes: readonly Box[];
  }[];
  readonly entities: readonly (Pick<LaneReading, 'entityId' | 'entityType' | 'numeric' | 'states'> & {
    readonly boxes: readonly Box[];
  })[];
}

/**
 * Lanes while they are read, in steps that each end before others are made to wait; a step that throws can be made again.
 * Only what the cells of the grid show is kept, however many rows are read.
 */
export class LanesReading {
  readonly #range: TimeSpan;
  readonly #resolution: number;
  readonly #occupied: readonly { readonly area: string; readonly reading: OccupiedReading }[];
  readonly #lanes: readonly LaneReading[];
  #occupiedRead = 0;
  #lanesRead = 0;

  /** @param range µs since the epoch; @param resolution µs */
  constructor(reader: SqlReader, queries: OccupancyQueries, scope: LanesScope, range: TimeSpan, resolution: number) {
    const { occupied, entities } = scope;
    this.#range = range;
    this.#resolution = widened(resolution, (range.end - range.start) * (entities.length + occupied.length));
    this.#occupied = occupied.map((area) => ({ area, reading: new OccupiedReading(reader, queries, area, range) }));
    this.#lanes = entities.map((entity) => new LaneReading(reader, queries, entity, range, this.#resolution));
  }

  /** @returns whether all is read */
  step(): boolean {
    const area = this.#occupied[this.#occupiedRead];
    if (!area) this.#readLanes();
    else if (area.reading.step()) this.#occupiedRead += 1;
    return this.#occupiedRead === this.#occupied.length && this.#lanesRead === this.#lanes.length;
  }

  /** What was read, once all is: on a grid as many times as wide as the one that it was read on. */
  at(multiple: number): ReadLanes {
    const resolution = this.#resolution * multiple;
    const grid = { from: this.#range.start, resolution };
    return {
      range: this.#range,
      resolution,
      occupied: this.#occupied.map(({ area, reading }) => ({
        area,
        source: reading.source,
        boxes: reading.boxes(this.#range, resolution),
      })),
      entities: this.#lanes.map(({ entityId, entityType, numeric, states, boxes }) => ({
        entityId,
        entityType,
        numeric,
        states,
        boxes: multiple === 1 ? boxes : reduceBoxes(boxes, grid),
      })),
    };
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
}

/** The smallest multiple of `resolution` of which `time` has few enough cells. */
function widened(resolution: number, time: number): number {
  return resolution * Math.max(1, Math.ceil(time / resolution / MOST_CELLS));
}
