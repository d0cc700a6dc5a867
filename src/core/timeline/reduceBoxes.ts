import type { Box, BoxPart, BoxValue } from './timeline';

/** The grid that short boxes are merged in: cells of `resolution` µs from `from` on. */
export interface BoxGrid {
  readonly from: number;
  /** µs; 0 for no grid. */
  readonly resolution: number;
}

/**
 * Merges what cannot be told apart: all boxes that lie in one cell of the grid become one, which keeps the time in each state and
 * the number of intervals. A box that reaches from one cell into another stays as it is, so at most two boxes a cell are left, and
 * none of those merged crosses from one cell to the next. Boxes come by `add` in order, merged ones or not, and go to `emit`.
 */
export class BoxReducer {
  readonly #grid: BoxGrid;
  readonly #emit: (box: Box) => void;
  #merged: Box | null = null;
  /** Where the cell of the merged box ends. */
  #cellEnd = 0;

  constructor(grid: BoxGrid, emit: (box: Box) => void) {
    this.#grid = grid;
    this.#emit = emit;
  }

  add(box: Box): void {
    const { from, resolution } = this.#grid;
    if (this.#merged && box.start < this.#cellEnd && box.end <= this.#cellEnd) {
      this.#merged = mergeBoxes(this.#merged, box);
      return;
    }
    this.finish();
    const cellEnd = from + (Math.floor((box.start - from) / resolution) + 1) * resolution;
    if (box.end <= cellEnd) {
      this.#merged = box;
      this.#cellEnd = cellEnd;
    } else this.#emit(box);
  }

  finish(): void {
    if (this.#merged) this.#emit(this.#merged);
    this.#merged = null;
  }
}

/** The boxes merged on a grid. */
export function reduceBoxes(boxes: Iterable<Box>, grid: BoxGrid): Box[] {
  const reduced: Box[] = [];
  const reducer = new BoxReducer(grid, (box) => reduced.push(box));
  for (const box of boxes) reducer.add(box);
  reducer.finish();
  return reduced;
}

function mergeBoxes(left: Box, right: Box): Box {
  return {
    start: left.start,
    end: right.end,
    parts: mergeParts(left.parts, right.parts),
    intervals: left.intervals + right.intervals,
    overlaps: left.overlaps || right.overlaps,
    value: mergeValues(left, right),
  };
}

function mergeParts(left: readonly BoxPart[], right: readonly BoxPart[]): readonly BoxPart[] {
  const durations = new Map(left.map(({ state, duration }) => [state, duration]));
  for (const { state, duration } of right) durations.set(state, (durations.get(state) ?? 0) + duration);
  return [...durations].map(([state, duration]) => ({ state, duration }));
}

function mergeValues(left: Box, right: Box): BoxValue | null {
  if (!left.value || !right.value) return left.value ?? right.value;
  const [before, after] = [numberTime(left), numberTime(right)];
  const weight = before + after;
  return {
    low: Math.min(left.value.low, right.value.low),
    high: Math.max(left.value.high, right.value.high),
    mean: weight > 0 ? (left.value.mean * before + right.value.mean * after) / weight : right.value.mean,
  };
}

/** µs for which the state of a numeric lane was a number. */
function numberTime({ parts }: Box): number {
  return parts.find(({ state }) => state === 0)?.duration ?? 0;
}
