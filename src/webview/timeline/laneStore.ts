import { type DrawnBoxes, drawnBoxes } from '../../core/timeline/drawnBoxes';
import type { LaneEntity, Lanes, SketchedLane } from '../../core/timeline/lanes';
import type { LaneState } from '../../core/timeline/timeline';
import type { LaneRow } from '../../core/timeline/timelineRows';
import type { TimeWindow } from '../../core/timeline/timeWindow';
import type { LanesParams } from '../../core/timeline/timelineAnswers';

/** What was answered of a lane, over a range of time. */
export interface LaneLayer extends TimeWindow {
  readonly boxes: DrawnBoxes;
  readonly intervals: number;
  readonly low: number | null;
  readonly high: number | null;
  /** µs of a cell, as it was asked for. */
  readonly asked: number;
  /** Which state of the database it is of. */
  readonly age: number;
}

/** What is known of a lane: the newest answer first, and one before it that shows what the newest does not reach. */
export interface LaneData {
  readonly numeric: boolean;
  /** All that occur in the layers, which name them by their place here. */
  readonly states: LaneState[];
  layers: readonly LaneLayer[];
}

/** Lanes that are kept: more than can be seen at once. */
const MOST_LANES = 400;

/** What is asked for besides what can be seen, on either side, of what can be seen. */
const MARGIN = 0.25;

/** What is drawn from: the answers so far. Says what is to be asked next. */
export class LaneStore {
  readonly #lanes = new Map<string, LaneData>();
  #age = 0;

  get(row: LaneRow): LaneData | undefined {
    return this.#lanes.get(keyOf(row));
  }

  /** The database changed: what is here is shown until it is answered anew. */
  outdate(): void {
    this.#age += 1;
  }

  /**
   * What must be asked so that rows can be drawn; undefined when all is there.
   * @param resolution µs of a column of pixels
   */
  wanted(rows: readonly LaneRow[], window: TimeWindow, resolution: number): LanesParams | undefined {
    const lacks = rows.filter((row) => !this.#isGood(this.get(row)?.layers[0], window, resolution));
    if (lacks.length === 0) return undefined;
    const margin = Math.round((window.to - window.from) * MARGIN);
    return lanesOf(lacks, { from: window.from - margin, to: window.to + margin }, resolution);
  }

  put(lanes: Lanes, { resolution }: LanesParams, age = this.#age): void {
    for (const lane of lanes.occupied) this.#add(`occupied ${lane.area}`, lane, lanes, { resolution, age, numeric: false });
    for (const lane of lanes.entities)
      this.#add(`entity ${lane.entityId}`, lane, lanes, { resolution, age, numeric: lane.numeric });
    for (const key of this.#lanes.keys()) {
      if (this.#lanes.size <= MOST_LANES) break;
      this.#lanes.delete(key);
    }
  }

  /** To be given to `put` with the answer: rows may change while it is under way. */
  get age(): number {
    return this.#age;
  }

  #isGood(layer: LaneLayer | undefined, { from, to }: TimeWindow, resolution: number): boolean {
    return layer?.age === this.#age && layer.from <= from && layer.to >= to && layer.asked <= resolution * 1.5;
  }

  #add(
    key: string,
    lane: SketchedLane,
    { from, to, unit }: Lanes,
    { resolution: asked, age, numeric }: { readonly resolution: number; readonly age: number; readonly numeric: boolean },
  ): void {
    const known = this.#lanes.get(key) ?? { numeric, states: [], layers: [] };
    const boxes = drawnBoxes(lane.boxes, { from, unit, low: lane.low, high: lane.high });
    const places = lane.states.map((state) => placeOf(known.states, state));
    boxes.states.forEach((state, part) => (boxes.states[part] = places[state] ?? 0));
    const layer: LaneLayer = { from, to, boxes, intervals: lane.intervals, low: lane.low, high: lane.high, asked, age };
    // Of the others the widest is kept, for what this one does not reach.
    const [widest] = known.layers
      .filter((other) => other.from < from || other.to > to)
      .toSorted((left, right) => span(right) - span(left));
    known.layers = widest ? [layer, widest] : [layer];
    // Set anew, so that it is the last to be let go.
    this.#lanes.delete(key);
    this.#lanes.set(key, known);
  }
}

/** @param resolution µs of a cell */
export function lanesOf(rows: readonly LaneRow[], { from, to }: TimeWindow, resolution: number): LanesParams {
  const entities = new Map<string, LaneEntity>();
  for (const row of rows)
    if (row.kind === 'entity') entities.set(row.entityId, { entityId: row.entityId, entityType: row.entityType });
  const occupied = rows.flatMap((row) => (row.kind === 'occupied' ? [row.area] : []));
  return { occupied, entities: [...entities.values()], from, to, resolution };
}

function keyOf(row: LaneRow): string {
  return row.kind === 'occupied' ? `occupied ${row.area}` : `entity ${row.entityId}`;
}

function placeOf(states: LaneState[], { name, active }: LaneState): number {
  const place = states.findIndex((state) => state.name === name);
  return place === -1 ? states.push({ name, active }) - 1 : place;
}

function span({ from, to }: TimeWindow): number {
  return to - from;
}
