import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ColumnGrid, gridOf } from '../../../src/core/timeline/columnGrid';
import { drawnBoxes } from '../../../src/core/timeline/drawnBoxes';
import { type LaneBoxes, type LayeredLane, LayersPainter } from '../../../src/core/timeline/paintLayers';
import type { ColumnSpan } from '../../../src/core/timeline/pixelColumns';
import { ShiftedPicture } from '../../../src/core/timeline/shiftedPicture';
import { sketchBoxes } from '../../../src/core/timeline/sketchBoxes';
import { laneRows, layOut, window } from './laneRows';

const WIDTH = 40;
const HEIGHT = 14;
const looks = ['rest', 'active', 'secondary', 'other'] as const;
const colors = { states: [1, 2, 3, 4], number: 5, numberRange: 6, overlap: 7, unknown: 8 };

const layers = fc
  .record({ rows: laneRows, from: fc.integer({ min: 900, max: 1400 }), length: fc.integer({ min: 1, max: 900 }) })
  .map(({ rows, from, length }): LaneBoxes => {
    const scale = { from: window.from, unit: 1, low: null, high: null };
    return { boxes: drawnBoxes(sketchBoxes(layOut(rows), scale), scale), low: null, high: null, from, to: from + length };
  });

/** Moves of a few columns, and further than the picture is wide. */
const moves = fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 1, maxLength: 6 });

class Shown {
  readonly #painter = new LayersPainter();
  readonly #picture = new ShiftedPicture(new Int32Array(WIDTH * HEIGHT), WIDTH);
  painted = 0;

  show(lane: LayeredLane, grid: ColumnGrid, key: unknown, scale: number): string {
    this.painted = 0;
    this.#picture.show(grid, [key], (span: ColumnSpan, left: number) => {
      this.painted += span.end - span.first;
      const { surface } = this.#picture;
      this.#painter.paint(lane, { span, time: grid.time, now: 1900, scale }, surface, { left, top: 1, height: HEIGHT - 2 });
    });
    return this.#picture.surface.pixels.join('');
  }
}

function laneOf(of: readonly LaneBoxes[], isNumeric = false): LayeredLane {
  return { layers: of, looks, colors, isNumeric, hasGaps: true };
}

describe('A picture that is shifted', () => {
  it('is what it were if it were painted anew, wherever it was before', () => {
    const few = fc.array(layers, { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(few, moves, fc.integer({ min: 1, max: 40 }), fc.constantFrom(1, 1.5, 2), (of, steps, time, scale) => {
        const shown = new Shown();
        const lane = laneOf(of);
        let first = Math.round(1200 / time);
        for (const step of [0, ...steps]) {
          first += step;
          const grid = { first, count: WIDTH, time };
          expect(shown.show(lane, grid, 'same', scale)).toBe(new Shown().show(lane, grid, 'same', scale));
        }
      }),
    );
  });

  it('joins the line of numbers over the seam', () => {
    const boxes = layOut(
      Array.from({ length: 100 }, (_, index) => ({
        start: 1000 + index * 10,
        end: 1010 + index * 10,
        state: 0,
        value: (index * 37) % 23,
      })),
    );
    const scale = { from: 1000, unit: 1, low: 0, high: 22 };
    const lane = laneOf([{ boxes: drawnBoxes(sketchBoxes(boxes, scale), scale), low: 0, high: 22, from: 1000, to: 2000 }], true);
    const shown = new Shown();
    for (const first of [120, 123, 130, 118, 119]) {
      const grid = { first, count: WIDTH, time: 10 };
      expect(shown.show(lane, grid, 'same', 1)).toBe(new Shown().show(lane, grid, 'same', 1));
    }
  });

  it('paints what comes into sight alone, nothing where it stays, and all where something else is another', () => {
    const lane = laneOf([]);
    const shown = new Shown();
    const painted = (first: number, key = 'same', time = 10): number => {
      shown.show(lane, { first, count: WIDTH, time }, key, 1);
      return shown.painted;
    };
    expect([painted(100), painted(100), painted(103), painted(98), painted(98, 'other'), painted(98, 'other', 11)]).toEqual([
      WIDTH,
      0,
      3,
      5,
      WIDTH,
      WIDTH,
    ]);
  });
});

describe('The columns of a window', () => {
  it('lie less than a pixel beside it, and are the same wherever it is moved to', () => {
    const from = Date.UTC(2026, 10, 1) * 1000;
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000_000, max: 400 * 86_400_000_000 }),
        fc.integer({ min: 100, max: 4000 }),
        fc.integer({ min: -1e12, max: 1e12 }),
        (length, count, by) => {
          const grid = gridOf({ from, to: from + length }, count);
          const width = length / count;
          expect(Math.abs(grid.first * grid.time - from) / width).toBeLessThan(1);
          expect(Math.abs((grid.first + count) * grid.time - from - length) / width).toBeLessThan(2);
          expect(gridOf({ from: from + by, to: from + by + length }, count).time).toBe(grid.time);
        },
      ),
    );
  });
});
