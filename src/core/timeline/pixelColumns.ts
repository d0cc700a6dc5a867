import { firstBoxAfter, type DrawnBoxes } from './drawnBoxes';

/** What is seen of time: `from` up to `to` (µs since the epoch) over columns of one pixel each. */
export interface PixelView {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
}

/** Some columns: from the first up to `end`. */
export interface ColumnSpan {
  readonly first: number;
  readonly end: number;
}

/** What a lane shows in each column of pixels. Kept and filled anew at every frame, since making it anew takes longer than filling. */
export class PixelColumns {
  #columns = 0;
  /** µs in each state, a row of columns a state. */
  times = new Float64Array(0);
  /** 1 where a state occurs, even if it lasted no time; laid out as `times`. */
  marks = new Uint8Array(0);
  overlaps = new Uint8Array(0);
  /** NaN without a number. */
  lows = new Float64Array(0);
  highs = new Float64Array(0);
  means = new Float64Array(0);
  /** µs that the mean is over. */
  #weights = new Float64Array(0);

  get columns(): number {
    return this.#columns;
  }

  /** Forgets what is there, and makes room for a lane. */
  clear(columns: number, states: number): void {
    this.#columns = columns;
    if (this.times.length < columns * states) {
      this.times = new Float64Array(columns * states);
      this.marks = new Uint8Array(columns * states);
    }
    if (this.overlaps.length < columns) {
      this.overlaps = new Uint8Array(columns);
      [this.lows, this.highs, this.means, this.#weights] = Array.from({ length: 4 }, () => new Float64Array(columns)) as [
        Float64Array<ArrayBuffer>,
        Float64Array<ArrayBuffer>,
        Float64Array<ArrayBuffer>,
        Float64Array<ArrayBuffer>,
      ];
    }
    this.times.fill(0, 0, columns * states);
    this.marks.fill(0, 0, columns * states);
    this.overlaps.fill(0, 0, columns);
    for (const numbers of [this.lows, this.highs, this.means]) numbers.fill(Number.NaN, 0, columns);
    this.#weights.fill(0, 0, columns);
  }

  /**
   * Adds what of the boxes can be seen; every box that reaches into the view, or begins in it, marks at least one column.
   * @param clip the columns that are added to, from the first up to `end`; all where it is left out
   */
  add(boxes: DrawnBoxes, { from, to, columns }: PixelView, clip: ColumnSpan = { first: 0, end: columns }): void {
    const width = (to - from) / columns;
    const [seenFrom, seenTo] = [from + clip.first * width, clip.end === columns ? to : from + clip.end * width];
    for (let box = firstBoxAfter(boxes, seenFrom); box < boxes.count; box += 1) {
      const start = boxes.starts[box] ?? 0;
      if (start >= seenTo) return;
      const end = boxes.ends[box] ?? 0;
      const first = Math.min(clip.end - 1, Math.max(clip.first, Math.floor((start - from) / width)));
      const last = Math.min(clip.end - 1, Math.max(first, Math.ceil((end - from) / width) - 1));
      for (let column = first; column <= last; column += 1) {
        const left = from + column * width;
        const covered = Math.max(0, Math.min(end, left + width) - Math.max(start, left));
        this.#share(boxes, box, column, end > start ? covered / (end - start) : 1);
      }
    }
  }

  /** Of some states the one that lasted longest in a column; -1 where there is none of them. */
  longest(column: number, states: readonly number[]): number {
    let found = -1;
    let most = -1;
    for (const state of states) {
      const place = state * this.#columns + column;
      const time = this.times[place] ?? 0;
      if (this.marks[place] !== 1 || time <= most) continue;
      found = state;
      most = time;
    }
    return found;
  }

  /** µs of some states together. */
  timeIn(column: number, states: readonly number[]): number {
    let sum = 0;
    for (const state of states) sum += this.times[state * this.#columns + column] ?? 0;
    return sum;
  }

  hasNumber(column: number): boolean {
    return !Number.isNaN(this.means[column] ?? Number.NaN);
  }

  #share(boxes: DrawnBoxes, box: number, column: number, share: number): void {
    const lastPart = boxes.firstParts[box + 1] ?? 0;
    for (let part = boxes.firstParts[box] ?? 0; part < lastPart; part += 1) {
      const place = (boxes.states[part] ?? 0) * this.#columns + column;
      this.times[place] = (this.times[place] ?? 0) + (boxes.times[part] ?? 0) * share;
      this.marks[place] = 1;
    }
    if (boxes.overlaps[box]) this.overlaps[column] = 1;
    const mean = boxes.means[box] ?? Number.NaN;
    if (!Number.isNaN(mean)) this.#addNumber(boxes, box, column, share, mean);
  }

  #addNumber(boxes: DrawnBoxes, box: number, column: number, share: number, mean: number): void {
    const weight = this.#numberTime(boxes, box) * share;
    const before = this.#weights[column] ?? 0;
    const known = this.means[column] ?? Number.NaN;
    const sum = before + weight;
    this.means[column] = Number.isNaN(known) || sum === 0 ? mean : (known * before + mean * weight) / sum;
    this.#weights[column] = sum;
    const [low, high] = [boxes.lows[box] ?? mean, boxes.highs[box] ?? mean];
    this.lows[column] = Number.isNaN(known) ? low : Math.min(this.lows[column] ?? low, low);
    this.highs[column] = Number.isNaN(known) ? high : Math.max(this.highs[column] ?? high, high);
  }

  /** µs for which the state of a numeric lane was a number, which is state 0. */
  #numberTime({ firstParts, states, times }: DrawnBoxes, box: number): number {
    const lastPart = firstParts[box + 1] ?? 0;
    for (let part = firstParts[box] ?? 0; part < lastPart; part += 1) if (states[part] === 0) return times[part] ?? 0;
    return 0;
  }
}
