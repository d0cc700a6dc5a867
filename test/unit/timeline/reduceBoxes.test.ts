import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packBoxes, unpackBoxes } from '../../../src/core/timeline/packBoxes';
import { reduceBoxes } from '../../../src/core/timeline/reduceBoxes';
import { laneRows, layOut, totals, window } from './laneRows';

const resolutions = fc.integer({ min: 1, max: 1500 });
const { from } = window;

describe('Boxes merged on a grid', () => {
  it('become one a cell, with the time in each state and the number of intervals', () => {
    const boxes = layOut([
      { start: 1000, end: 1130, state: 0, value: null },
      { start: 1130, end: 1140, state: 1, value: null },
      { start: 1140, end: 1160, state: 0, value: null },
      { start: 1170, end: 1180, state: 1, value: null },
      { start: 1180, end: 1300, state: 0, value: null },
    ]);
    const merged = { start: 1130, end: 1180, intervals: 3, overlaps: false, value: null };
    expect(reduceBoxes(boxes, { from, resolution: 100 })).toEqual([
      boxes[0],
      {
        ...merged,
        parts: [
          { state: 1, duration: 20 },
          { state: 0, duration: 20 },
        ],
      },
      boxes[4],
    ]);
  });

  it('say of numbers the lowest, the highest, and the mean over time', () => {
    const boxes = layOut([
      { start: 1000, end: 1030, state: 0, value: 20 },
      { start: 1030, end: 1040, state: 0, value: 24 },
      { start: 1050, end: 1060, state: 1, value: null },
      { start: 1060, end: 1060, state: 0, value: 19 },
    ]);
    const [box, ...others] = reduceBoxes(boxes, { from, resolution: 100 });
    expect(others).toEqual([]);
    expect(box).toMatchObject({ intervals: 4, value: { low: 19, high: 24, mean: 21 } });
    expect(box?.parts).toEqual([
      { state: 0, duration: 40 },
      { state: 1, duration: 10 },
    ]);
  });

  it('keep the time in each state and the number of intervals under any zoom', () => {
    fc.assert(
      fc.property(laneRows, resolutions, fc.integer({ min: 1, max: 8 }), (rows, resolution, factor) => {
        const boxes = layOut(rows);
        const reduced = reduceBoxes(boxes, { from, resolution });
        expect(totals(reduced)).toEqual(totals(boxes));
        const coarser = reduceBoxes(reduced, { from, resolution: resolution * factor });
        expect(totals(coarser)).toEqual(totals(boxes));
      }),
    );
  });

  it('are the same whether merged at once or in two goes', () => {
    fc.assert(
      fc.property(laneRows, resolutions, fc.integer({ min: 1, max: 8 }), (rows, resolution, factor) => {
        const boxes = layOut(rows);
        const coarse = { from, resolution: resolution * factor };
        const intervals = (merged: readonly { start: number; end: number; intervals: number }[]) =>
          merged.map(({ start, end, intervals: count }) => [start, end, count]);
        expect(intervals(reduceBoxes(reduceBoxes(boxes, { from, resolution }), coarse))).toEqual(
          intervals(reduceBoxes(boxes, coarse)),
        );
      }),
    );
  });

  it('lie in order without overlaps, no more than two a cell, merged within a cell alone', () => {
    fc.assert(
      fc.property(laneRows, resolutions, (rows, resolution) => {
        const reduced = reduceBoxes(layOut(rows), { from, resolution });
        let reached = from;
        for (const { start, end, parts } of reduced) {
          expect(start).toBeGreaterThanOrEqual(reached);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(window.to);
          const sum = parts.reduce((total, { duration }) => total + duration, 0);
          expect(sum).toBeLessThanOrEqual(end - start);
          if (parts.length > 1) {
            const cell = Math.floor((start - from) / resolution);
            expect(end).toBeLessThanOrEqual(from + (cell + 1) * resolution);
          }
          reached = end;
        }
        const cells = Math.ceil((window.to - from) / resolution);
        expect(reduced.length).toBeLessThanOrEqual(2 * cells);
      }),
    );
  });
});

describe('Packed boxes', () => {
  it('are unpacked to the same', () => {
    const offset = 1_795_000_000_000_000;
    fc.assert(
      fc.property(laneRows, resolutions, fc.integer({ min: 1, max: 3_000_000_000 }), (rows, resolution, scale) => {
        const boxes = reduceBoxes(layOut(rows), { from, resolution }).map((box) => ({
          ...box,
          start: offset + (box.start - from) * scale,
          end: offset + (box.end - from) * scale,
          parts: box.parts.map(({ state, duration }) => ({ state, duration: duration * scale })),
        }));
        expect(unpackBoxes(packBoxes(boxes, offset), offset)).toEqual(boxes);
      }),
    );
  });

  it('keep numbers to 32 bits', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), fc.float({ noNaN: true }), fc.float({ noNaN: true }), (low, high, mean) => {
        const box = { start: 1000, end: 1001, parts: [{ state: 0, duration: 1 }], intervals: 300, overlaps: true };
        const value = low === high ? { low, high, mean: low } : { low, high, mean };
        expect(unpackBoxes(packBoxes([{ ...box, value }], 1000), 1000)).toEqual([{ ...box, value }]);
      }),
    );
  });
});
