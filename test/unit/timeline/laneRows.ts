import fc from 'fast-check';
import { LaneLayout, type LaneRow, type LaneWindow } from '../../../src/core/timeline/layLane';
import type { Box } from '../../../src/core/timeline/timeline';

/** Rows in the order a page has them, some before and some after the window, overlapping, touching, of no length. */
export const window: LaneWindow = { from: 1000, to: 2000 };

export const laneRows: fc.Arbitrary<LaneRow[]> = fc
  .array(
    fc.record({
      start: fc.integer({ min: 900, max: 2100 }),
      length: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 700 })),
      state: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 60 },
  )
  .map((rows) =>
    rows
      .map(({ start, length, state }) => ({ start, end: start + length, state, value: null }))
      .toSorted((left, right) => left.start - right.start || left.end - right.end),
  );

export function layOut(rows: readonly LaneRow[], within: LaneWindow = window): Box[] {
  const boxes: Box[] = [];
  const layout = new LaneLayout(within, (box) => boxes.push(box));
  for (const row of rows) layout.add(row);
  layout.finish();
  return boxes;
}

/** Time in each state, µs, and the number of intervals. */
export function totals(boxes: readonly Box[]): { durations: Map<number, number>; intervals: number } {
  const durations = new Map<number, number>();
  for (const { state, duration } of boxes.flatMap(({ parts }) => parts)) {
    durations.set(state, (durations.get(state) ?? 0) + duration);
  }
  const intervals = boxes.reduce((sum, box) => sum + box.intervals, 0);
  return { durations: new Map([...durations].toSorted(([left], [right]) => left - right)), intervals };
}
