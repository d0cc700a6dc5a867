import type { PixelColumns } from './pixelColumns';

/** Of some states, in each column, the one that lasted longest. Kept and filled anew at every frame. */
export class ColumnChoice {
  /** -1 where there is none of the states. */
  states = new Int32Array(0);
  /** µs of all of the states together. */
  sums = new Float64Array(0);
  #longest = new Float64Array(0);

  /** Goes through state by state, as they lie in memory. @param wanted places of the states that there is a choice of */
  choose({ columns, times, marks }: PixelColumns, wanted: readonly number[]): void {
    if (this.states.length < columns) {
      this.states = new Int32Array(columns);
      this.sums = new Float64Array(columns);
      this.#longest = new Float64Array(columns);
    }
    const { states, sums } = this;
    const longest = this.#longest;
    states.fill(-1, 0, columns);
    sums.fill(0, 0, columns);
    longest.fill(-1, 0, columns);
    for (const state of wanted) {
      const row = state * columns;
      for (let column = 0; column < columns; column += 1) {
        if (marks[row + column] !== 1) continue;
        const time = times[row + column] ?? 0;
        sums[column] = (sums[column] ?? 0) + time;
        if (time <= (longest[column] ?? 0)) continue;
        longest[column] = time;
        states[column] = state;
      }
    }
  }
}
