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

/** Bytes of the shortest box, which has no part: its head, its length, and that it has none. */
const LEAST = 3;

/** What sketchBoxes wrote. */
export function drawnBoxes(bytes: Uint8Array, { from, unit, low, high }: SketchScale): DrawnBoxes {
  // Filled in place: that hundreds of thousands of boxes arrive while time is moved is not to stall a frame.
  const most = Math.ceil(bytes.length / LEAST);
  const [starts, ends, means] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  const [lows, highs, overlaps] = [new Float64Array(most), new Float64Array(most), new Uint8Array(most)];
  const [states, times, firstParts] = [new Uint8Array(bytes.length), new Float64Array(bytes.length), new Uint32Array(most + 1)];
  const reader = new ByteReader(bytes);
  const level = ((high ?? 0) - (low ?? 0)) / SKETCH_LEVELS;
  const number = (): number => (low ?? 0) + reader.byte() * level;
  let [count, parts, reached] = [0, 0, 0];
  for (; !reader.atEnd; count += 1) {
    const head = reader.byte();
    if (head & SKETCH.AFTER_GAP) reached += reader.whole();
    starts[count] = from + reached * unit;
    let rest = reader.whole();
    reached += rest;
    ends[count] = from + reached * unit;
    for (let left = Math.floor(head / SKETCH.PARTS) || reader.whole(); left > 0; left -= 1, parts += 1) {
      states[parts] = reader.whole();
      const isRest = (head & SKETCH.FILLED) !== 0 && left === 1;
      const time = isRest ? rest : reader.whole();
      rest -= time;
      times[parts] = time * unit;
    }
    firstParts[count + 1] = parts;
    overlaps[count] = head & SKETCH.OVERLAPS ? 1 : 0;
    const mean = head & SKETCH.VALUE ? number() : Number.NaN;
    means[count] = mean;
    const isRange = (head & SKETCH.VALUE_RANGE) !== 0;
    lows[count] = isRange ? number() : mean;
    highs[count] = isRange ? number() : mean;
  }
  return {
    count,
    starts: starts.slice(0, count),
    ends: ends.slice(0, count),
    firstParts: firstParts.slice(0, count + 1),
    states: states.slice(0, parts),
    times: times.slice(0, parts),
    overlaps: overlaps.slice(0, count),
    means: means.slice(0, count),
    lows: lows.slice(0, count),
    highs: highs.slice(0, count),
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
