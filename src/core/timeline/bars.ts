import type { LanePlace, Surface } from './paintLane';

/** Columns from which on the engine's own filling is quicker than a loop. */
const LONG_RUN = 24;

/** A bar in each column, from the lower edge of the lane. Kept and filled anew at every frame. */
export class Bars {
  /** Pixels; 0 where there is none. */
  readonly heights: Int32Array;
  readonly colors: Int32Array;

  constructor(columns: number) {
    this.heights = new Int32Array(columns);
    this.colors = new Int32Array(columns);
  }

  /** Neighbours that are alike are painted together. */
  paint(from: number, count: number, { pixels, width }: Surface, { left, top, height }: LanePlace): void {
    const { heights, colors } = this;
    const below = (top + height) * width + left;
    let end = from;
    for (let first = from; first < count; first = end) {
      const tall = heights[first] ?? 0;
      const color = colors[first] ?? 0;
      end = first + 1;
      while (end < count && heights[end] === tall && colors[end] === color) end += 1;
      for (let place = below - tall * width; place < below; place += width) {
        if (end - first > LONG_RUN) pixels.fill(color, place + first, place + end);
        else for (let column = first; column < end; column += 1) pixels[place + column] = color;
      }
    }
  }
}
