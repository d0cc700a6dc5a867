import { ByteReader } from './byteReader';
import { SKETCH, SKETCH_LEVELS, type SketchScale } from './sketchBoxes';

/** The boxes of a lane as columns of numbers, to be gone through at every frame. In order, without overlaps. */
export interface DrawnBoxes {
  readonly count: number;
  /** µs since the epoch. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Of each box, where its parts begin; of one more, where all end. */
  readonly firstParts: Uint32Array;
  /** Of each part, place in the lane's states, and µs. */
  readonly states: Uint8Array;
  readonly times: Float64Array;
  /** Of each box, 1 where intervals of different states overlap in it. */
  readonly overlaps: Uint8Array;
  /** Of each box, the numbers in it; NaN without any. */
  readonly means: Float64Array;
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/** What sketchBoxes wrote. */
export function drawnBoxes(bytes: Uint8Array, { from, unit, low, high }: SketchScale): DrawnBoxes {
  const boxes: { start: number; end: number; overlaps: boolean; mean: number; low: number; high: number }[] = [];
  const parts: { state: number; time: number }[] = [];
  const firstParts: number[] = [];
  const reader = new ByteReader(bytes);
  const level = ((high ?? 0) - (low ?? 0)) / SKETCH_LEVELS;
  const number = (): number => (low ?? 0) + reader.byte() * level;
  let reached = 0;
  while (!reader.atEnd) {
    const head = reader.byte();
    const start = reached + (head & SKETCH.AFTER_GAP ? reader.whole() : 0);
    const length = reader.whole();
    reached = start + length;
    const count = Math.floor(head / SKETCH.PARTS) || reader.whole();
    firstParts.push(parts.length);
    let rest = length;
    for (let index = 0; index < count; index += 1) {
      const state = reader.whole();
      const isRest = (head & SKETCH.FILLED) !== 0 && index === count - 1;
      const time = isRest ? rest : reader.whole();
      rest -= time;
      parts.push({ state, time: time * unit });
    }
    const mean = head & SKETCH.VALUE ? number() : Number.NaN;
    const isRange = (head & SKETCH.VALUE_RANGE) !== 0;
    boxes.push({
      start: from + start * unit,
      end: from + reached * unit,
      overlaps: (head & SKETCH.OVERLAPS) !== 0,
      mean,
      low: isRange ? number() : mean,
      high: isRange ? number() : mean,
    });
  }
  return {
    count: boxes.length,
    starts: Float64Array.from(boxes, (box) => box.start),
    ends: Float64Array.from(boxes, (box) => box.end),
    firstParts: Uint32Array.from([...firstParts, parts.length]),
    states: Uint8Array.from(parts, ({ state }) => state),
    times: Float64Array.from(parts, ({ time }) => time),
    overlaps: Uint8Array.from(boxes, ({ overlaps }) => Number(overlaps)),
    means: Float64Array.from(boxes, ({ mean }) => mean),
    lows: Float64Array.from(boxes, (box) => box.low),
    highs: Float64Array.from(boxes, (box) => box.high),
  };
}

/** The first box that ends after a moment or begins at it, µs since the epoch; the number of boxes where there is none. */
export function firstBoxAfter({ starts, ends, count }: DrawnBoxes, moment: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? 0) > moment || (starts[middle] ?? 0) >= moment) high = middle;
    else low = middle + 1;
  }
  return low;
}
