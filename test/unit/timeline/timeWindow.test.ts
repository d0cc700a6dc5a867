import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWindow, nearestRange, panned, showing, zoomed } from '../../../src/core/timeline/timeWindow';
import { rangeBounds, rangeLengths } from '../../../src/core/timeline/timelineRange';

const HOUR = 3_600_000_000;
const noon = Date.UTC(2026, 10, 19, 12) * 1000;
const windows = fc
  .record({ from: fc.integer({ min: -900 * 24, max: 900 * 24 }), hours: fc.integer({ min: 1, max: 4000 }) })
  .map(({ from, hours }) => ({ from: noon + from * HOUR, to: noon + (from + hours) * HOUR }));

describe('What is seen of time', () => {
  it('is zoomed around a moment, which stays where it is', () => {
    fc.assert(
      fc.property(
        windows,
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (window, factor, share) => {
          const around = window.from + share * (window.to - window.from);
          const after = zoomed(window, factor, around);
          expect(isWindow(after)).toBe(true);
          expect((around - after.from) / (after.to - after.from)).toBeCloseTo(share, 3);
        },
      ),
    );
  });

  it('keeps its length when it is moved, and ends at neither end of time', () => {
    fc.assert(
      fc.property(windows, fc.integer({ min: -2_000_000, max: 2_000_000 }), (window, hours) => {
        const after = panned(window, hours * HOUR);
        expect(after.to - after.from).toBe(window.to - window.from);
        expect(isWindow(after)).toBe(true);
      }),
    );
    const window = { from: noon, to: noon + HOUR };
    expect(zoomed(window, 1e-9, noon)).toEqual({ from: noon, to: noon + 10_000_000 });
    expect(showing(window, noon + 1)).toBe(window);
    expect(showing(window, noon + 100 * HOUR)).toEqual({ from: noon + 99.5 * HOUR, to: noon + 100.5 * HOUR });
  });

  it.each(['Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'])(
    'is the range that it came from, in %s',
    (timeZone) => {
      for (const length of rangeLengths)
        for (const day of ['2026-03-29', '2026-10-25', '2026-10-04', '2026-11-19', '2024-02-29'])
          expect(nearestRange(rangeBounds({ length, day }, timeZone), timeZone)).toEqual({ length, day });
    },
  );

  it.each([
    { from: Number.NaN, to: 1 },
    { from: 0, to: HOUR },
    { from: noon, to: noon },
    { from: noon + 0.5, to: noon + HOUR },
  ])('is not %j', (window) => {
    expect(isWindow(window)).toBe(false);
  });
});
