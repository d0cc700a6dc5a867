import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LaneRow } from '../../../src/core/timeline/layLane';
import { laneRows, layOut, totals, window } from './laneRows';

const OFF = 0;
const ON = 1;

function row(start: number, end: number, state: number): LaneRow {
  return { start, end, state, value: null };
}

/** `start–end state`, `!` where intervals of different states overlap, `×n` where it is not one interval. */
function draw(...rows: readonly LaneRow[]): string[] {
  return layOut(rows).map(({ start, end, parts, overlaps, intervals }) => {
    const states = parts.map(({ state }) => (state === ON ? 'on' : 'off')).join('+');
    return `${start}–${end} ${states}${overlaps ? '!' : ''}${intervals === 1 ? '' : `×${intervals}`}`;
  });
}

describe('The boxes of a lane', () => {
  it('are the intervals, with the gaps between them', () => {
    expect(draw(row(1100, 1200, OFF), row(1200, 1210, ON), row(1300, 1400, OFF))).toEqual([
      '1100–1200 off',
      '1200–1210 on',
      '1300–1400 off',
    ]);
  });

  it('are cut to the range, and what only touches it is left out', () => {
    expect(draw(row(900, 1000, ON), row(950, 1100, OFF), row(1900, 2100, ON), row(2000, 2010, ON))).toEqual([
      '1000–1100 off',
      '1900–2000 on',
    ]);
  });

  it('join intervals of the same state that overlap or touch, as a second sync leaves them', () => {
    expect(draw(row(1100, 1500, OFF), row(1440, 1600, OFF), row(1600, 1700, OFF))).toEqual(['1100–1700 off×3']);
  });

  it('show the one that began last where states differ, say so, and go on with the other', () => {
    expect(draw(row(1100, 1500, OFF), row(1200, 1300, ON))).toEqual(['1100–1200 off', '1200–1300 on!', '1300–1500 off×0']);
    expect(draw(row(1100, 1300, OFF), row(1200, 1500, ON))).toEqual(['1100–1200 off', '1200–1300 on!', '1300–1500 on×0']);
  });

  it('keep an interval that lasted no time, and one that lies wholly under another', () => {
    expect(draw(row(1100, 1200, OFF), row(1150, 1150, ON))).toEqual(['1100–1150 off', '1150–1150 on!', '1150–1200 off×0']);
    expect(draw(row(1100, 1200, OFF), row(1100, 1300, ON))).toEqual(['1100–1100 off', '1100–1200 on!', '1200–1300 on×0']);
  });

  it('leave out what ends before it starts, or has no time', () => {
    expect(draw(row(1200, 1100, ON), row(Number.NaN, 1200, ON), row(1100, Number.NaN, ON))).toEqual([]);
  });

  it('lie in order within the range and never overlap', () => {
    fc.assert(
      fc.property(laneRows, (rows) => {
        let reached = window.from;
        for (const { start, end, parts } of layOut(rows)) {
          expect(start).toBeGreaterThanOrEqual(reached);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(parts).toEqual([{ state: parts[0]?.state, duration: end - start }]);
          reached = end;
        }
        expect(reached).toBeLessThanOrEqual(window.to);
      }),
    );
  });

  it('count every interval of the range once', () => {
    fc.assert(
      fc.property(laneRows, (rows) => {
        const inRange = rows.filter(({ start, end }) => start < window.to && (end > window.from || start >= window.from));
        expect(totals(layOut(rows)).intervals).toBe(inRange.length);
      }),
    );
  });

  it('have at each moment the state that began last, and say where another overlaps it', () => {
    fc.assert(
      fc.property(laneRows, fc.integer({ min: window.from, max: window.to - 1 }), (rows, moment) => {
        const inForce = rows.filter(({ start, end }) => start <= moment && moment < end);
        const box = layOut(rows).find(({ start, end }) => start <= moment && moment < end);
        // Of those that began before the range, the order is that of the rows.
        expect(box?.parts[0]?.state).toBe(inForce.at(-1)?.state);
        expect(box?.overlaps ?? false).toBe(new Set(inForce.map(({ state }) => state)).size > 1);
      }),
      { numRuns: 500 },
    );
  });
});
