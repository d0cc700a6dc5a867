import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnBoxes, firstBoxAfter } from '../../../src/core/timeline/drawnBoxes';
import { summarize } from '../../../src/core/timeline/laneSummary';
import { reduceBoxes } from '../../../src/core/timeline/reduceBoxes';
import { sketchBoxes } from '../../../src/core/timeline/sketchBoxes';
import type { Box } from '../../../src/core/timeline/timeline';
import { laneRows, layOut, window } from './laneRows';

const { from } = window;
const units = fc.integer({ min: 1, max: 40 });

function sketched(boxes: readonly Box[], unit: number): ReturnType<typeof drawnBoxes> {
  const { low, high } = summarize({ states: [] }, boxes);
  const scale = { from, unit, low, high };
  return drawnBoxes(sketchBoxes(boxes, scale), scale);
}

function partsOf(drawn: ReturnType<typeof drawnBoxes>, box: number): { state: number; time: number }[] {
  const [first, end] = [drawn.firstParts[box] ?? 0, drawn.firstParts[box + 1] ?? 0];
  return Array.from({ length: end - first }, (_, index) => ({
    state: drawn.states[first + index] ?? -1,
    time: drawn.times[first + index] ?? -1,
  }));
}

describe('Sketched boxes', () => {
  it('are all there, in order, each within half a unit of where it is', () => {
    fc.assert(
      fc.property(laneRows, units, fc.integer({ min: 1, max: 500 }), (rows, unit, resolution) => {
        const boxes = reduceBoxes(layOut(rows), { from, resolution });
        const drawn = sketched(boxes, unit);
        expect(drawn.count).toBe(boxes.length);
        let reached = from;
        boxes.forEach((box, index) => {
          const [start = -1, end = -1] = [drawn.starts[index], drawn.ends[index]];
          expect(Math.abs(start - box.start)).toBeLessThanOrEqual(unit / 2);
          expect(Math.abs(end - box.end)).toBeLessThanOrEqual(unit / 2);
          expect(start).toBeGreaterThanOrEqual(reached);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(drawn.overlaps[index]).toBe(Number(box.overlaps));
          reached = end;
        });
      }),
    );
  });

  it('have the parts they had, each within a unit or two, together as long as the box where they filled it', () => {
    fc.assert(
      fc.property(laneRows, units, fc.integer({ min: 1, max: 500 }), (rows, unit, resolution) => {
        const boxes = reduceBoxes(layOut(rows), { from, resolution });
        const drawn = sketched(boxes, unit);
        boxes.forEach((box, index) => {
          const parts = partsOf(drawn, index);
          expect(parts.map(({ state }) => state)).toEqual(box.parts.map(({ state }) => state));
          const length = (drawn.ends[index] ?? 0) - (drawn.starts[index] ?? 0);
          const time = parts.reduce((sum, part) => sum + part.time, 0);
          const exact = box.parts.reduce((sum, { duration }) => sum + duration, 0);
          if (exact === box.end - box.start) expect(time).toBe(length);
          else expect(time).toBeLessThanOrEqual(length);
          parts.forEach((part, at) => {
            expect(part.time).toBeGreaterThanOrEqual(0);
            expect(Math.abs(part.time - (box.parts[at]?.duration ?? 0))).toBeLessThanOrEqual(2 * unit);
          });
        });
      }),
    );
  });

  it('are exact where the unit is a microsecond', () => {
    fc.assert(
      fc.property(laneRows, (rows) => {
        const boxes = layOut(rows);
        const drawn = sketched(boxes, 1);
        const back = boxes.map((_, index) => ({
          start: drawn.starts[index],
          end: drawn.ends[index],
          parts: partsOf(drawn, index).map(({ state, time }) => ({ state, duration: time })),
        }));
        expect(back).toEqual(boxes.map(({ start, end, parts }) => ({ start, end, parts })));
      }),
    );
  });

  it('keep numbers to a 255th of what the lane has', () => {
    const values = fc.array(fc.float({ noNaN: true, min: -50, max: 1000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, (numbers) => {
        const boxes = numbers.map((number, index): Box => {
          const [start, next] = [from + index * 40, numbers[index + 1] ?? number];
          const value = { low: Math.min(number, next), high: Math.max(number, next), mean: (number + next) / 2 };
          return { start, end: start + 40, parts: [{ state: 0, duration: 40 }], intervals: 2, overlaps: false, value };
        });
        const drawn = sketched(boxes, 4);
        const step = (Math.max(...numbers) - Math.min(...numbers)) / 255;
        boxes.forEach(({ value }, index) => {
          const back = [drawn.lows[index], drawn.means[index], drawn.highs[index]];
          [value?.low, value?.mean, value?.high].forEach((exact = 0, at) => {
            expect(Math.abs((back[at] ?? Number.NaN) - exact)).toBeLessThanOrEqual(step / 2 + 1e-6);
          });
        });
      }),
    );
  });

  it('take more than seven parts, and none where there is no interval', () => {
    const parts = Array.from({ length: 12 }, (_, state) => ({ state, duration: 3 }));
    const box: Box = { start: from, end: from + 36, parts, intervals: 12, overlaps: true, value: null };
    expect(partsOf(sketched([box], 1), 0)).toEqual(parts.map(({ state, duration }) => ({ state, time: duration })));
    expect(sketched([], 1).count).toBe(0);
  });

  it('are found by the moment they are asked for', () => {
    fc.assert(
      fc.property(laneRows, fc.integer({ min: 900, max: 2100 }), (rows, moment) => {
        const boxes = layOut(rows);
        const expected = boxes.findIndex(({ start, end }) => end > moment || start >= moment);
        expect(firstBoxAfter(sketched(boxes, 1), moment)).toBe(expected === -1 ? boxes.length : expected);
      }),
    );
  });
});
