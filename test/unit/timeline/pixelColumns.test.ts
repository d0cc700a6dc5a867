import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnBoxes, type DrawnBoxes } from '../../../src/core/timeline/drawnBoxes';
import { PixelColumns, type PixelView } from '../../../src/core/timeline/pixelColumns';
import { reduceBoxes } from '../../../src/core/timeline/reduceBoxes';
import { sketchBoxes } from '../../../src/core/timeline/sketchBoxes';
import type { Box } from '../../../src/core/timeline/timeline';
import { laneRows, layOut, window } from './laneRows';

const STATES = 4;
/** Any zoom and pan, also beside what is there. */
const views = fc
  .record({
    from: fc.integer({ min: 700, max: 2200 }),
    length: fc.integer({ min: 1, max: 1600 }),
    columns: fc.integer({ min: 1, max: 300 }),
  })
  .map(({ from, length, columns }): PixelView => ({ from, to: from + length, columns }));

function drawn(boxes: readonly Box[], unit = 1): DrawnBoxes {
  const scale = { from: window.from, unit, low: null, high: null };
  return drawnBoxes(sketchBoxes(boxes, scale), scale);
}

function columnsOf(boxes: DrawnBoxes, view: PixelView): PixelColumns {
  const columns = new PixelColumns();
  columns.clear(view.columns, STATES);
  columns.add(boxes, view);
  return columns;
}

function timeIn(columns: PixelColumns, state: number): number {
  let sum = 0;
  for (let column = 0; column < columns.columns; column += 1) sum += columns.times[state * columns.columns + column] ?? 0;
  return sum;
}

describe('Pixels of a lane', () => {
  it('keep the time in each state under any zoom and pan', () => {
    fc.assert(
      fc.property(laneRows, views, (rows, view) => {
        const boxes = layOut(rows);
        const columns = columnsOf(drawn(boxes), view);
        for (let state = 0; state < STATES; state += 1) {
          const seen = boxes
            .filter(({ parts }) => parts[0]?.state === state)
            .reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, view.to) - Math.max(start, view.from)), 0);
          expect(timeIn(columns, state)).toBeCloseTo(seen, 6);
        }
      }),
    );
  });

  it('keep the time of merged boxes that lie in the view, whatever was merged and rounded', () => {
    fc.assert(
      fc.property(laneRows, fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 20 }), (rows, resolution, unit) => {
        const boxes = drawn(reduceBoxes(layOut(rows), { from: window.from, resolution }), unit);
        const columns = columnsOf(boxes, { from: 900, to: 2100, columns: 77 });
        for (let state = 0; state < STATES; state += 1) {
          const time = boxes.times.reduce((sum, part, index) => sum + (boxes.states[index] === state ? part : 0), 0);
          expect(timeIn(columns, state)).toBeCloseTo(time, 6);
        }
      }),
    );
  });

  it('lose no box: each marks its state in every column that it reaches into', () => {
    fc.assert(
      fc.property(laneRows, views, (rows, view) => {
        const boxes = layOut(rows);
        const columns = columnsOf(drawn(boxes), view);
        const width = (view.to - view.from) / view.columns;
        for (const { start, end, parts, overlaps } of boxes) {
          if (start >= view.to || (end <= view.from && start < view.from)) continue;
          const column = Math.min(view.columns - 1, Math.max(0, Math.floor((start - view.from) / width)));
          expect(columns.marks[(parts[0]?.state ?? 0) * view.columns + column]).toBe(1);
          if (overlaps) expect(columns.overlaps[column]).toBe(1);
        }
      }),
    );
  });

  it('do not overlap: no column has more time than it is wide', () => {
    fc.assert(
      fc.property(laneRows, views, (rows, view) => {
        const columns = columnsOf(drawn(layOut(rows)), view);
        const width = (view.to - view.from) / view.columns;
        for (let column = 0; column < view.columns; column += 1) {
          let time = 0;
          for (let state = 0; state < STATES; state += 1) time += columns.times[state * view.columns + column] ?? 0;
          expect(time).toBeLessThanOrEqual(width * (1 + 1e-9));
        }
      }),
    );
  });

  it('are the same after another lane was in them', () => {
    const view = { from: 1000, to: 2000, columns: 10 };
    const boxes = drawn(layOut([{ start: 1000, end: 1500, state: 1, value: null }]));
    const used = columnsOf(drawn(layOut([{ start: 1200, end: 1900, state: 3, value: null }])), view);
    used.clear(10, STATES);
    used.add(boxes, view);
    expect([...used.times]).toEqual([...columnsOf(boxes, view).times]);
    expect([...used.marks]).toEqual([...columnsOf(boxes, view).marks]);
  });

  it('say of numbers the lowest, the highest, and the mean over time', () => {
    const boxes = layOut([
      { start: 1000, end: 1030, state: 0, value: 20 },
      { start: 1030, end: 1040, state: 0, value: 24 },
      { start: 1200, end: 1300, state: 0, value: 20 },
    ]);
    const scale = { from: window.from, unit: 1, low: 20, high: 24 };
    const columns = columnsOf(drawnBoxes(sketchBoxes(boxes, scale), scale), { from: 1000, to: 2000, columns: 10 });
    expect([columns.lows[0], columns.means[0], columns.highs[0]]).toEqual([20, 21, 24]);
    expect([columns.lows[2], columns.means[2], columns.highs[2]]).toEqual([20, 20, 20]);
    expect(columns.means[1]).toBeNaN();
  });
});
