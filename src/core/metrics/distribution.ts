import type { Histogram } from '../ports/histogram';

/** How values were distributed. Times are in seconds. */
export interface Distribution {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  /** Cumulative: how many values were at most `upTo`, in rising order; those above the last are in `count` alone. */
  readonly buckets: readonly { readonly upTo: number; readonly count: number }[];
}

/** A histogram and the exact sum of what it holds, which its rounded values would only approximate. */
export class Series {
  readonly #histogram: Histogram;
  readonly #perUnit: number;
  readonly #bounds: readonly number[];
  #sum = 0;

  /**
   * @param perUnit how many of the histogram's whole numbers make one unit: 1,000,000 for seconds kept as µs
   * @param bounds of the buckets, rising, in units
   */
  constructor(histogram: Histogram, perUnit: number, bounds: readonly number[]) {
    this.#histogram = histogram;
    this.#perUnit = perUnit;
    this.#bounds = bounds;
  }

  /** @param value 0 or more, in the histogram's whole numbers; it may have a fraction */
  add(value: number): void {
    // A clock that a virtual machine moved could make it negative, which no histogram takes.
    const whole = Math.max(0, Math.round(value));
    this.#sum += whole;
    this.#histogram.record(whole);
  }

  reset(): void {
    this.#sum = 0;
    this.#histogram.reset();
  }

  snapshot(): Distribution {
    const { count, min, max } = this.#histogram;
    const at = (percent: number): number => (count === 0 ? 0 : this.#histogram.valueAt(percent) / this.#perUnit);
    return {
      count,
      sum: this.#sum / this.#perUnit,
      min: min / this.#perUnit,
      max: max / this.#perUnit,
      p50: at(50),
      p90: at(90),
      p99: at(99),
      buckets: this.#bounds.map((upTo) => ({ upTo, count: countUpTo(this.#histogram, upTo * this.#perUnit) })),
    };
  }
}

/** How many values are at most `bound`, found by halving: a histogram tells the value of a rank, not the rank of a value. */
function countUpTo(histogram: Histogram, bound: number): number {
  const { count } = histogram;
  let [low, high] = [0, count];
  while (low < high) {
    const rank = Math.ceil((low + high) / 2);
    if (histogram.valueAt((100 * rank) / count) <= bound) low = rank;
    else high = rank - 1;
  }
  return low;
}
