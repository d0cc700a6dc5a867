import type { Box } from './timeline';

/** What a lane shows in one column. */
export interface Column {
  /** µs in each state, by its place in the lane's states; a state that lasted no time is there with 0. */
  readonly durations: Map<number, number>;
  overlaps: boolean;
  /** Mean of the numbers over time; null without any. */
  mean: number | null;
  /** µs that the mean is over. */
  weight: number;
}

export interface ColumnGrid {
  /** µs since the epoch. */
  readonly from: number;
  /** µs */
  readonly width: number;
  readonly count: number;
}

/**
 * A lane's boxes dealt out to columns of equal time. Boxes that were merged on the same grid lie in one column each; one merged on a
 * wider grid is dealt out evenly.
 */
export function columnsOf(boxes: readonly Box[], { from, width, count }: ColumnGrid): Column[] {
  const columns = Array.from({ length: count }, (): Column => ({ durations: new Map(), overlaps: false, mean: null, weight: 0 }));
  for (const box of boxes) {
    const first = Math.floor((box.start - from) / width);
    const last = Math.floor((Math.max(box.start, box.end - 1) - from) / width);
    for (let index = first; index <= last; index += 1) {
      const column = columns[index];
      if (!column) continue;
      const start = from + index * width;
      const covered = Math.min(box.end, start + width) - Math.max(box.start, start);
      addShare(column, box, box.end > box.start ? covered / (box.end - box.start) : 1);
    }
  }
  return columns;
}

function addShare(column: Column, { parts, overlaps, value }: Box, share: number): void {
  for (const { state, duration } of parts) {
    column.durations.set(state, (column.durations.get(state) ?? 0) + duration * share);
  }
  column.overlaps ||= overlaps;
  if (!value) return;
  const weight = (parts.find(({ state }) => state === 0)?.duration ?? 0) * share;
  const sum = column.weight + weight;
  column.mean = sum > 0 ? ((column.mean ?? 0) * column.weight + value.mean * weight) / sum : value.mean;
  column.weight = sum;
}
