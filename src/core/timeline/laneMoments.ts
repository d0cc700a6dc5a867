import { firstBoxAfter, type DrawnBoxes } from './drawnBoxes';
import type { TimeWindow } from './timeWindow';

/** What a moment of a lane is in. */
export interface Stretch extends TimeWindow {
  /** Places of the states in the lane's states; none in a gap, several where boxes were merged. */
  readonly states: readonly number[];
  readonly overlaps: boolean;
}

/** The box that a moment is in, or the gap; what is not known to end ends with `range`. */
export function stretchAt(boxes: DrawnBoxes, at: number, range: TimeWindow): Stretch {
  const next = firstBoxAfter(boxes, at);
  const start = next < boxes.count ? (boxes.starts[next] ?? range.to) : range.to;
  if (start > at || next === boxes.count) {
    const from = next > 0 ? (boxes.ends[next - 1] ?? range.from) : range.from;
    return { from, to: start, states: [], overlaps: false };
  }
  const states = boxes.states.slice(boxes.firstParts[next], boxes.firstParts[next + 1]);
  return { from: start, to: boxes.ends[next] ?? start, states: [...states], overlaps: boxes.overlaps[next] === 1 };
}

/** The nearest moment at which a box begins or ends, at least `atLeast` µs away; undefined where there is none. */
export function nextEdge(boxes: DrawnBoxes, at: number, step: 1 | -1, atLeast: number): number | undefined {
  const limit = at + step * atLeast;
  // One before, since a box that ended by then ends within sight.
  for (let box = firstBoxAfter(boxes, limit) - (step === 1 ? 1 : 0); box >= -1 && box <= boxes.count; box += step) {
    const [start, end] = [boxes.starts[box], boxes.ends[box]];
    for (const edge of step === 1 ? [start, end] : [end, start])
      if (edge !== undefined && (step === 1 ? edge >= limit : edge <= limit)) return edge;
  }
  return undefined;
}
