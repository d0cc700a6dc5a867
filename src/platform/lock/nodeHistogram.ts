import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Histogram } from '../../core/ports/histogram';

/** The largest value that is kept apart, in µs more than an hour; larger ones count as it. */
const HIGHEST = 4_000_000_000;

/** The HdrHistogram inside Node. It begins at 1, so everything is kept one higher. */
export class NodeHistogram implements Histogram {
  readonly #kept: RecordableHistogram = createHistogram({ lowest: 1, highest: HIGHEST, figures: 2 });

  get count(): number {
    return this.#kept.count;
  }

  get min(): number {
    return this.count === 0 ? 0 : this.#kept.min - 1;
  }

  get max(): number {
    return this.count === 0 ? 0 : this.#kept.max - 1;
  }

  record(value: number): void {
    this.#kept.record(Math.min(value + 1, HIGHEST));
  }

  valueAt(percent: number): number {
    return this.#kept.percentile(percent) - 1;
  }

  reset(): void {
    this.#kept.reset();
  }
}
