import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridgeGaps, clipSpans, mergeSpans, type TimeSpan, totalSeconds } from '../../../src/core/database/timeSpans';

const spans = fc.array(fc.record({ start: fc.integer({ min: 0, max: 60 }), end: fc.integer({ min: 0, max: 60 }) }), {
  maxLength: 12,
});

/** Which of the moments 0–59 lie in one of the spans. */
function covered(list: readonly TimeSpan[]): boolean[] {
  return Array.from({ length: 60 }, (_, moment) => list.some(({ start, end }) => start <= moment && moment < end));
}

describe('merging spans', () => {
  it('leaves out what has no known time, and merges the rest as ever', () => {
    const list = [
      { start: 5, end: 9 },
      { start: Number.NaN, end: 7 },
      { start: 1, end: 2 },
      { start: 3, end: Number.NaN },
      { start: 2, end: 3 },
    ];
    expect(mergeSpans(list)).toEqual([
      { start: 1, end: 3 },
      { start: 5, end: 9 },
    ]);
  });

  it('covers exactly the same time', () => {
    fc.assert(
      fc.property(spans, (list) => {
        expect(covered(mergeSpans(list))).toEqual(covered(list));
      }),
    );
  });

  it('leaves sorted spans with a gap between each two', () => {
    fc.assert(
      fc.property(spans, (list) => {
        const merged = mergeSpans(list);
        for (const [index, { start, end }] of merged.entries()) {
          expect(start).toBeLessThan(end);
          expect(start).toBeGreaterThan(merged[index - 1]?.end ?? -1);
        }
      }),
    );
  });

  it('does nothing to what is merged, and does not depend on the order', () => {
    fc.assert(
      fc.property(spans, (list) => {
        const merged = mergeSpans(list);
        expect(mergeSpans(merged)).toEqual(merged);
        expect(mergeSpans(list.toReversed())).toEqual(merged);
      }),
    );
  });
});

describe('clipping spans', () => {
  it('leaves what lies in the window', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 31, max: 60 }), (list, start, end) => {
        const clipped = covered(clipSpans(list, { start, end }));
        expect(clipped).toEqual(covered(list).map((isIn, moment) => isIn && start <= moment && moment < end));
      }),
    );
  });

  it('adds up to seconds', () => {
    expect(
      totalSeconds([
        { start: 500_000, end: 1_500_000 },
        { start: 7_000_000, end: 7_000_001 },
      ]),
    ).toBe(1.000001);
  });
});

describe('Gaps between spans', () => {
  it('are bridged where they are no wider than that', () => {
    const apart = [
      { start: 0, end: 10 },
      { start: 15, end: 20 },
      { start: 26, end: 30 },
    ];
    expect(bridgeGaps(apart, 5)).toEqual([
      { start: 0, end: 20 },
      { start: 26, end: 30 },
    ]);
    expect(bridgeGaps(apart, 4)).toEqual(apart);
    expect(bridgeGaps([], 5)).toEqual([]);
  });
});
