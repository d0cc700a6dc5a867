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

/** Columns before the first that is painted: a line comes from there. */
export const LEAD = 1;

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
   * Adds what of the boxes can be seen; every box that reaches into the view, or begins in it, marks at least one column. What a
   * column gets does not depend on which columns are added to.
   * @param clip the columns that are added to, from the first up to `end`; all where it is left out
   */
  add(boxes: DrawnBoxes, { from, to, columns }: PixelView, clip: ColumnSpan = { first: 0, end: columns }): void {
    const width = (to - from) / columns;
    const [seenFrom, seenTo] = [from + clip.first * width, clip.end === columns ? to : from + clip.end * width];
    const { starts, ends, firstParts, states, overlaps } = boxes;
    const { times, marks } = this;
    for (let box = firstBoxAfter(boxes, seenFrom); box < boxes.count; box += 1) {
      const start = starts[box] ?? 0;
      if (start >= seenTo) return;
      const end = ends[box] ?? 0;
      const first = Math.min(clip.end - 1, Math.max(clip.first, Math.floor((start - from) / width)));
      const last = Math.min(clip.end - 1, Math.max(first, Math.ceil((end - from) / width) - 1));
      const firstPart = firstParts[box] ?? 0;
      const lastPart = firstParts[box + 1] ?? 0;
      // All in here: what is handed to a function as a fraction is allocated, and a frame has 100,000 of them.
      for (let column = first; column <= last; column += 1) {
        const left = from + column * width;
        const covered = Math.max(0, Math.min(end, left + width) - Math.max(start, left));
        const share = end > start ? covered / (end - start) : 1;
        for (let part = firstPart; part < lastPart; part += 1) {
          const place = (states[part] ?? 0) * columns + column;
          times[place] = (times[place] ?? 0) + (boxes.times[part] ?? 0) * share;
          marks[place] = 1;
        }
      }
      if (overlaps[box]) this.overlaps.fill(1, first, last + 1);
      if (!Number.isNaN(boxes.means[box])) this.#addNumber(boxes, box, first, last, from, width);
    }
  }

  hasNumber(column: number): boolean {
    return !Number.isNaN(this.means[column] ?? Number.NaN);
  }

  #addNumber(boxes: DrawnBoxes, box: number, first: number, last: number, from: number, width: number): void {
    const { means, lows, highs } = this;
    const weights = this.#weights;
    const [start, end] = [boxes.starts[box] ?? 0, boxes.ends[box] ?? 0];
    const [mean, low, high] = [boxes.means[box] ?? 0, boxes.lows[box] ?? 0, boxes.highs[box] ?? 0];
    const time = numberTime(boxes, box);
    for (let column = first; column <= last; column += 1) {
      const left = from + column * width;
      const covered = Math.max(0, Math.min(end, left + width) - Math.max(start, left));
      const weight = end > start ? (time * covered) / (end - start) : time;
      const before = weights[column] ?? 0;
      const known = means[column] ?? Number.NaN;
      const sum = before + weight;
      const isFirst = Number.isNaN(known);
      means[column] = isFirst || sum === 0 ? mean : (known * before + mean * weight) / sum;
      lows[column] = isFirst ? low : Math.min(lows[column] ?? low, low);
      highs[column] = isFirst ? high : Math.max(highs[column] ?? high, high);
      weights[column] = sum;
    }
  }
}

/** µs for which the state of a numeric lane was a number, which is state 0. */
function numberTime({ firstParts, states, times }: DrawnBoxes, box: number): number {
  const lastPart = firstParts[box + 1] ?? 0;
  for (let part = firstParts[box] ?? 0; part < lastPart; part += 1) if (states[part] === 0) return times[part] ?? 0;
  return 0;
}
