import { ByteReader } from './byteReader';
import { ByteWriter } from './byteWriter';
import type { Box, BoxValue } from './timeline';

/**
 * Boxes as bytes, some 7 for a state and 20 for a merged box, where objects take ten times that. A box is: a head of flags; where
 * the flag says so, the time since the box before; its length; the number of intervals unless that is 1; its one state, or the
 * number of its parts and each state with its time; its value as 32-bit floats. Times are µs and exact; numbers are written as
 * ByteWriter has it.
 */
const OVERLAPS = 1;
const AFTER_GAP = 2;
const COUNTED = 4;
const MERGED = 8;
const VALUE = 16;
const VALUE_RANGE = 32;

/** @param from µs since the epoch; no box begins before it */
export function packBoxes(boxes: Iterable<Box>, from: number): Uint8Array {
  const writer = new ByteWriter();
  let reached = from;
  for (const { start, end, parts, intervals, overlaps, value } of boxes) {
    const [first] = parts;
    const isOne = parts.length === 1 && first?.duration === end - start;
    const isRange = value !== null && value.low !== value.high;
    const flags = [overlaps && OVERLAPS, start > reached && AFTER_GAP, intervals !== 1 && COUNTED, !isOne && MERGED];
    const valueFlags = [value !== null && VALUE, isRange && VALUE_RANGE];
    writer.byte([...flags, ...valueFlags].reduce<number>((head, flag) => head + Number(flag), 0));
    if (start > reached) writer.whole(start - reached);
    writer.whole(end - start);
    if (intervals !== 1) writer.whole(intervals);
    if (isOne && first) writer.whole(first.state);
    else {
      writer.whole(parts.length);
      for (const { state, duration } of parts) {
        writer.whole(state);
        writer.whole(duration);
      }
    }
    if (value) for (const number of isRange ? [value.mean, value.low, value.high] : [value.mean]) writer.float(number);
    reached = end;
  }
  return writer.bytes;
}

/** What packBoxes packed; values as near as 32 bits are. */
export function unpackBoxes(bytes: Uint8Array, from: number): Box[] {
  const reader = new ByteReader(bytes);
  const boxes: Box[] = [];
  let reached = from;
  while (!reader.atEnd) {
    const head = reader.byte();
    const start = reached + (head & AFTER_GAP ? reader.whole() : 0);
    const length = reader.whole();
    const intervals = head & COUNTED ? reader.whole() : 1;
    const parts =
      head & MERGED
        ? Array.from({ length: reader.whole() }, () => ({ state: reader.whole(), duration: reader.whole() }))
        : [{ state: reader.whole(), duration: length }];
    const value = head & VALUE ? readValue(reader, (head & VALUE_RANGE) !== 0) : null;
    reached = start + length;
    boxes.push({ start, end: reached, parts, intervals, overlaps: (head & OVERLAPS) !== 0, value });
  }
  return boxes;
}

function readValue(reader: ByteReader, isRange: boolean): BoxValue {
  const mean = reader.float();
  return { mean, low: isRange ? reader.float() : mean, high: isRange ? reader.float() : mean };
}
