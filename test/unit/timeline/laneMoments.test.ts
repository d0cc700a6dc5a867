import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnBoxes, type DrawnBoxes } from '../../../src/core/timeline/drawnBoxes';
import { nextEdge, stretchAt } from '../../../src/core/timeline/laneMoments';
import { sketchBoxes } from '../../../src/core/timeline/sketchBoxes';
import { laneRows, layOut, window } from './laneRows';

const moments = fc.integer({ min: window.from, max: window.to - 1 });

function drawn(boxes: ReturnType<typeof layOut>): DrawnBoxes {
  const scale = { from: window.from, unit: 1, low: null, high: null };
  return drawnBoxes(sketchBoxes(boxes, scale), scale);
}

describe('A moment of a lane', () => {
  it('is in the box that is drawn there, or in the gap between two', () => {
    fc.assert(
      fc.property(laneRows, moments, (rows, at) => {
        const boxes = layOut(rows).filter(({ start, end }) => end > start);
        const stretch = stretchAt(drawn(boxes), at, window);
        const box = boxes.find(({ start, end }) => start <= at && at < end);
        if (box) expect(stretch).toEqual({ from: box.start, to: box.end, states: [box.parts[0]?.state], overlaps: box.overlaps });
        else {
          const from = Math.max(window.from, ...boxes.filter(({ end }) => end <= at).map(({ end }) => end));
          const to = Math.min(window.to, ...boxes.filter(({ start }) => start > at).map(({ start }) => start));
          expect(stretch).toEqual({ from, to, states: [], overlaps: false });
        }
      }),
    );
  });

  it('has a next edge in either direction, the nearest that is far enough', () => {
    fc.assert(
      fc.property(
        laneRows,
        moments,
        fc.constantFrom<1 | -1>(1, -1),
        fc.integer({ min: 1, max: 50 }),
        (rows, at, step, atLeast) => {
          const boxes = layOut(rows);
          const limit = at + step * atLeast;
          const edges = boxes
            .flatMap(({ start, end }) => [start, end])
            .filter((edge) => (step === 1 ? edge >= limit : edge <= limit));
          const expected = edges.length === 0 ? undefined : step === 1 ? Math.min(...edges) : Math.max(...edges);
          expect(nextEdge(drawn(boxes), at, step, atLeast)).toBe(expected);
        },
      ),
    );
  });
});
