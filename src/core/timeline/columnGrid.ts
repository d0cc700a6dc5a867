import type { TimeWindow } from './timeWindow';

/** Time cut into columns of pixels: column n is from n times as long as one is. What is in a column does not change while time moves by. */
export interface ColumnGrid {
  /** Number of the first column that is seen. */
  readonly first: number;
  readonly count: number;
  /** Whole µs of a column. */
  readonly time: number;
}

/** The columns that come nearest to a window: less than a pixel beside it. @param count columns of pixels */
export function gridOf({ from, to }: TimeWindow, count: number): ColumnGrid {
  const time = Math.max(1, Math.round((to - from) / count));
  return { first: Math.round(from / time), count, time };
}

/** How far a picture moves to show another grid, in columns to the right; undefined where it has to be painted anew. */
export function shiftOf(shown: ColumnGrid, wanted: ColumnGrid): number | undefined {
  const shift = shown.first - wanted.first;
  const isLike = shown.time === wanted.time && shown.count === wanted.count;
  return isLike && Math.abs(shift) < wanted.count ? shift : undefined;
}
