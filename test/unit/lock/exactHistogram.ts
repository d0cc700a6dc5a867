import type { Histogram } from '../../../src/core/ports/histogram';

/** Keeps every value. */
export class ExactHistogram implements Histogram {
  readonly values: number[] = [];

  get count(): number {
    return this.values.length;
  }

  get min(): number {
    return this.#sorted[0] ?? 0;
  }

  get max(): number {
    return this.#sorted.at(-1) ?? 0;
  }

  record(value: number): void {
    this.values.push(value);
  }

  valueAt(percent: number): number {
    return this.#sorted[Math.max(0, Math.round((percent / 100) * this.count) - 1)] ?? 0;
  }

  reset(): void {
    this.values.length = 0;
  }

  get #sorted(): number[] {
    return this.values.toSorted((one, other) => one - other);
  }
}
