import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Series } from '../../../src/core/metrics/distribution';
import { NodeHistogram } from '../../../src/platform/lock/nodeHistogram';

const BOUNDS = [0, 10, 100, 1000, 10_000, 1_000_000];

describe('a distribution', () => {
  it('counts exactly, and tells each value to within 1 %', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3_600_000_000 }), { minLength: 1, maxLength: 200 }), (values) => {
        const series = new Series(new NodeHistogram(), 1, BOUNDS);
        for (const value of values) series.add(value);
        const sorted = values.toSorted((one, other) => one - other);
        const { count, sum, min, max, p50, buckets } = series.snapshot();
        expect([count, sum]).toEqual([values.length, values.reduce((total, value) => total + value, 0)]);
        expectClose(min, sorted[0]!);
        expectClose(max, sorted.at(-1)!);
        expectClose(p50, sorted[Math.max(0, Math.round(values.length / 2) - 1)]!);
        for (const bucket of buckets) {
          // A value within 1 % of a bound may be counted on either side of it.
          const [least, most] = [0.985, 1.015].map((part) => values.filter((value) => value <= bucket.upTo * part).length);
          expect(bucket.count).toBeGreaterThanOrEqual(least!);
          expect(bucket.count).toBeLessThanOrEqual(most!);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('tells values below 256 exactly, each in its bucket', () => {
    const series = new Series(new NodeHistogram(), 1, [0, 1, 10, 100]);
    for (const value of [0, 0, 1, 7, 10, 11, 100]) series.add(value);
    expect(series.snapshot().buckets.map(({ count }) => count)).toEqual([2, 3, 5, 7]);
    expect(series.snapshot()).toMatchObject({ min: 0, max: 100, p50: 7 });
  });

  it('takes what no histogram takes: fractions, negative times, and days', () => {
    const series = new Series(new NodeHistogram(), 1_000_000, [1]);
    for (const value of [-5, 0.4, 1.6, 1e15]) series.add(value);
    expect(series.snapshot()).toMatchObject({ count: 4, min: 0, buckets: [{ upTo: 1, count: 3 }] });
    expect(series.snapshot().max).toBeGreaterThan(3600);
  });

  it('is all 0 while it is empty, and after a reset', () => {
    const series = new Series(new NodeHistogram(), 1, [1]);
    const empty = { count: 0, sum: 0, min: 0, max: 0, p50: 0, p90: 0, p99: 0, buckets: [{ upTo: 1, count: 0 }] };
    expect(series.snapshot()).toEqual(empty);
    series.add(3);
    series.reset();
    expect(series.snapshot()).toEqual(empty);
  });
});

function expectClose(value: number, exact: number): void {
  expect(Math.abs(value - exact)).toBeLessThanOrEqual(1 + exact * 0.015);
}
