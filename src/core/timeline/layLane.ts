import type { Box } from './timeline';

/** An interval of one entity, µs since the epoch. */
export interface LaneRow {
  readonly start: number;
  readonly end: number;
  /** Place in the lane's states. */
  readonly state: number;
  /** The number that the state is; null where it is none. */
  readonly value: number | null;
}

/** µs since the epoch; `to` is exclusive. */
export interface LaneWindow {
  readonly from: number;
  readonly to: number;
}

/** An interval that has begun and may go on. */
interface Open {
  readonly state: number;
  readonly value: number | null;
  readonly end: number;
  /** Whether no box of it was drawn yet. */
  isNew: boolean;
}

/**
 * Lays the intervals of an entity out as boxes that do not overlap. AOD reads the last hour again at each sync, so overlaps are
 * normal: of the same state they become one box; of different states the one that began last is drawn, and the box says so.
 * Rows come by `add` in the order of their starts; boxes go to `emit`, in order.
 */
export class LaneLayout {
  readonly #window: LaneWindow;
  readonly #emit: (box: Box) => void;
  /** In the order of their starts: the last one is drawn. */
  readonly #open: Open[] = [];
  #drawnTo: number;
  #box: Box | null = null;

  /** What lies outside of the window is cut off. */
  constructor(window: LaneWindow, emit: (box: Box) => void) {
    this.#window = window;
    this.#emit = emit;
    this.#drawnTo = window.from;
  }

  /** Rows outside of the window, and those that end before they start or have no known time, are left out. */
  add({ start, end, state, value }: LaneRow): void {
    const { from, to } = this.#window;
    const reachesIn = start < from ? end > from : start < to;
    if (!reachesIn || !(start <= end)) return;
    this.#drawTo(Math.max(start, from));
    this.#open.push({ state, value, end: Math.min(end, to), isNew: true });
  }

  finish(): void {
    this.#drawTo(this.#window.to);
    if (this.#box) this.#emit(this.#box);
    this.#box = null;
  }

  #drawTo(limit: number): void {
    for (let top = this.#open.at(-1); top; top = this.#open.at(-1)) {
      const end = this.#draw(top, limit);
      if (top.end <= end) this.#open.pop();
      else if (end >= limit) return;
    }
    this.#drawnTo = Math.max(this.#drawnTo, limit);
  }

  /** Draws `top` up to `limit`, or to where an interval under it ends: either all of a box overlaps or none. @returns that end */
  #draw(top: Open, limit: number): number {
    const start = this.#drawnTo;
    let end = Math.min(limit, top.end);
    let overlaps = false;
    for (const under of this.#open) {
      if (under.state === top.state || under.end <= start) continue;
      overlaps = true;
      end = Math.min(end, under.end);
    }
    end = Math.max(start, end);
    // One that lasted no time, or that lies wholly under another, is a box without a width: no interval is lost.
    if (end > start || top.isNew) this.#join(start, end, top, overlaps);
    top.isNew = false;
    this.#drawnTo = end;
    return end;
  }

  #join(start: number, end: number, { state, value, isNew }: Open, overlaps: boolean): void {
    const before = this.#box;
    const intervals = isNew ? 1 : 0;
    const goesOn =
      before?.end === start &&
      before.overlaps === overlaps &&
      before.parts[0]?.state === state &&
      (before.value?.mean ?? null) === value;
    if (before && !goesOn) this.#emit(before);
    const from = goesOn ? before.start : start;
    this.#box = {
      start: from,
      end,
      parts: [{ state, duration: end - from }],
      intervals: intervals + (goesOn ? before.intervals : 0),
      overlaps,
      value: value === null ? null : { low: value, high: value, mean: value },
    };
  }
}
