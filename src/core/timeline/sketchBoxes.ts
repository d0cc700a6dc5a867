import { ByteWriter } from './byteWriter';
import type { Box, BoxPart } from './timeline';

/**
 * Boxes as bytes for a drawing, some 3 for a state and 6 for a merged box. Times are counted in units that nobody can see: where a
 * box starts and ends is rounded for itself, so errors do not add up and boxes stay in order; the times of its parts are rounded so
 * that they add up to it. Numbers are in 255ths of what the lane has between its lowest and its highest.
 *
 * A box is a head of flags; where the flag says so, the units since the box before; its length; its one state, or each of its parts
 * with its time, which for the last one is left out where the parts fill the box; its value as bytes. Whole numbers are written as
 * ByteWriter has it.
 */
export const SKETCH = {
  OVERLAPS: 1,
  AFTER_GAP: 2,
  VALUE: 4,
  VALUE_RANGE: 8,
  /** Whether the parts together last as long as the box. */
  FILLED: 16,
  /** Times the number of parts, up to 7; then 0, and the number follows. */
  PARTS: 32,
} as const;

const MOST_PARTS = 7;

/** The highest number of a lane, in the bytes of a value. */
export const SKETCH_LEVELS = 255;

export interface SketchScale {
  /** µs since the epoch; no box begins before it. */
  readonly from: number;
  /** µs */
  readonly unit: number;
  /** Lowest and highest number of the lane; null without any. */
  readonly low: number | null;
  readonly high: number | null;
}

export function sketchBoxes(boxes: Iterable<Box>, { from, unit, low, high }: SketchScale): Uint8Array {
  const writer = new ByteWriter();
  const levels = low === null || high === null || high <= low ? 0 : SKETCH_LEVELS / (high - low);
  const level = (number: number): number => Math.round((number - (low ?? 0)) * levels);
  let reached = 0;
  for (const { start: exactStart, end: exactEnd, parts, overlaps, value } of boxes) {
    const [start, end] = [Math.round((exactStart - from) / unit), Math.round((exactEnd - from) / unit)];
    const isFilled = totalOf(parts) === exactEnd - exactStart;
    const isRange = value !== null && value.low !== value.high;
    const count = parts.length <= MOST_PARTS ? parts.length : 0;
    writer.byte(
      (overlaps ? SKETCH.OVERLAPS : 0) |
        (start > reached ? SKETCH.AFTER_GAP : 0) |
        (value ? SKETCH.VALUE : 0) |
        (isRange ? SKETCH.VALUE_RANGE : 0) |
        (isFilled ? SKETCH.FILLED : 0) |
        (count * SKETCH.PARTS),
    );
    if (start > reached) writer.whole(start - reached);
    writer.whole(end - start);
    if (count === 0) writer.whole(parts.length);
    const total = isFilled ? end - start : Math.min(end - start, Math.round(totalOf(parts) / unit));
    const times = roundedTimes(parts, total);
    parts.forEach(({ state }, index) => {
      writer.whole(state);
      if (!isFilled || index < parts.length - 1) writer.whole(times[index] ?? 0);
    });
    if (value) for (const number of isRange ? [value.mean, value.low, value.high] : [value.mean]) writer.byte(level(number));
    reached = end;
  }
  return writer.bytes;
}

/** The times of parts in units, `total` together: each rounded down, and what is left given to those that lost most. */
function roundedTimes(parts: readonly BoxPart[], total: number): number[] {
  const exact = totalOf(parts);
  if (parts.length === 1 || exact === 0) return parts.map(() => total);
  const shares = parts.map(({ duration }) => (duration / exact) * total);
  const times = shares.map(Math.floor);
  const byLoss = shares.map((share, index) => ({ index, lost: share % 1 })).toSorted((left, right) => right.lost - left.lost);
  const rest = total - times.reduce((sum, time) => sum + time, 0);
  for (const { index } of byLoss.slice(0, rest)) times[index] = (times[index] ?? 0) + 1;
  return times;
}

function totalOf(parts: readonly BoxPart[]): number {
  return parts.reduce((sum, { duration }) => sum + duration, 0);
}
