import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, columnsOf } from '../../../src/core/timeline/timelineColumns';
import { reduceBoxes } from '../../../src/core/timeline/reduceBoxes';
import { laneRows, layOut, totals, window } from './laneRows';

const grid = { from: window.from, width: 50, count: 20 };

/** The time in each of the four states, a list a column. */
function rounded(columns: readonly Column[]): number[][] {
  return columns.map(({ durations }) => [0, 1, 2, 3].map((state) => Math.round((durations.get(state) ?? 0) * 1e6) / 1e6));
}

describe('Boxes dealt out to columns', () => {
  it('keep the time in each state, whatever cells they were merged in', () => {
    fc.assert(
      fc.property(laneRows, fc.integer({ min: 1, max: 300 }), (rows, resolution) => {
        const boxes = layOut(rows);
        const columns = columnsOf(reduceBoxes(boxes, { from: grid.from, resolution }), grid);
        for (const [state, duration] of totals(boxes).durations) {
          const sum = columns.reduce((total, { durations }) => total + (durations.get(state) ?? 0), 0);
          expect(sum).toBeCloseTo(duration, 6);
        }
      }),
    );
  });

  it('are exact where the cells are the columns', () => {
    fc.assert(
      fc.property(laneRows, (rows) => {
        const boxes = layOut(rows);
        const merged = reduceBoxes(boxes, { from: grid.from, resolution: grid.width });
        expect(rounded(columnsOf(merged, grid))).toEqual(rounded(columnsOf(boxes, grid)));
      }),
    );
  });

  it('say what a number was on average, and where states overlap', () => {
    const columns = columnsOf(
      layOut([
        { start: 1000, end: 1040, state: 0, value: 10 },
        { start: 1040, end: 1075, state: 0, value: 20 },
        { start: 1060, end: 1070, state: 1, value: null },
        { start: 1150, end: 1150, state: 0, value: 5 },
      ]),
      grid,
    );
    expect(columns.slice(0, 4).map(({ mean, overlaps }) => [mean, overlaps])).toEqual([
      [12, false],
      [20, true],
      [null, false],
      [5, false],
    ]);
  });
});
