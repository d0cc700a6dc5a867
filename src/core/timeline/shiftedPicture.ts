import { type ColumnGrid, shiftOf } from './columnGrid';
import type { Surface } from './paintLane';
import type { ColumnSpan } from './pixelColumns';

/** A picture over time that keeps what stays in sight when time is moved, and has painted what comes into sight. */
export class ShiftedPicture {
  readonly surface: Surface;
  #shown: ColumnGrid | undefined;
  #key: readonly unknown[] = [];

  /** @param pixels row by row @param width pixels of a row */
  constructor(pixels: Int32Array, width: number) {
    this.surface = { pixels, width };
  }

  /**
   * @param grid columns that are to be seen, as many as the picture is wide
   * @param key what else the picture depends on: where something in it is another, all is painted anew
   * @param paint paints columns that are empty; `left` is where the first of them is
   * @returns whether the picture is another than before
   */
  show(grid: ColumnGrid, key: readonly unknown[], paint: (span: ColumnSpan, left: number) => void): boolean {
    const isLike = key.length === this.#key.length && key.every((part, index) => part === this.#key[index]);
    const shift = isLike && this.#shown ? shiftOf(this.#shown, grid) : undefined;
    this.#shown = grid;
    this.#key = key;
    if (shift === 0) return false;
    const { pixels } = this.surface;
    const end = grid.first + grid.count;
    if (shift === undefined) {
      pixels.fill(0);
      paint({ first: grid.first, end }, 0);
      return true;
    }
    if (shift > 0) {
      pixels.copyWithin(shift, 0);
      this.#empty(0, shift);
      paint({ first: grid.first, end: grid.first + shift }, 0);
    } else {
      pixels.copyWithin(0, -shift);
      this.#empty(grid.count + shift, grid.count);
      paint({ first: end + shift, end }, grid.count + shift);
    }
    return true;
  }

  #empty(from: number, to: number): void {
    const { pixels, width } = this.surface;
    for (let row = 0; row < pixels.length; row += width) pixels.fill(0, row + from, row + to);
  }
}
