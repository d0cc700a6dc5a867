import type { Box, BoxValue } from './timeline';

/**
 * Boxes as bytes, some 7 for a state and 20 for a merged box, where objects take ten times that. Whole numbers are written 7 bits
 * a byte, the lowest first, the high bit set on all but the last. A box is: a head of flags; where the flag says so, the time since
 * the box before; its length; the number of intervals unless that is 1; its one state, or the number of its parts and each state
 * with its time; its value as 32-bit floats. Times are µs and exact.
 */
const OVERLAPS = 1;
const AFTER_GAP = 2;
const COUNTED = 4;
const MERGED = 8;
const VALUE = 16;
const VALUE_RANGE = 32;

const BASE = 128;

/** @param from µs since the epoch; no box begins before it */
export function packBoxes(boxes: Iterable<Box>, from: number): Uint8Array {
  const bytes: number[] = [];
  let reached = from;
  for (const { start, end, parts, intervals, overlaps, value } of boxes) {
    const [first] = parts;
    const isOne = parts.length === 1 && first?.duration === end - start;
    const isRange = value !== null && value.low !== value.high;
    const flags = [overlaps && OVERLAPS, start > reached && AFTER_GAP, intervals !== 1 && COUNTED, !isOne && MERGED];
    const valueFlags = [value !== null && VALUE, isRange && VALUE_RANGE];
    bytes.push([...flags, ...valueFlags].reduce<number>((head, flag) => head + Number(flag), 0));
    if (start > reached) writeNumber(bytes, start - reached);
    writeNumber(bytes, end - start);
    if (intervals !== 1) writeNumber(bytes, intervals);
    if (isOne && first) writeNumber(bytes, first.state);
    else {
      writeNumber(bytes, parts.length);
      for (const { state, duration } of parts) {
        writeNumber(bytes, state);
        writeNumber(bytes, duration);
      }
    }
    if (value) writeFloats(bytes, isRange ? [value.mean, value.low, value.high] : [value.mean]);
    reached = end;
  }
  return Uint8Array.from(bytes);
}

/** What packBoxes packed; values as near as 32 bits are. */
export function unpackBoxes(bytes: Uint8Array, from: number): Box[] {
  const reader = new PackReader(bytes);
  const boxes: Box[] = [];
  let reached = from;
  while (!reader.atEnd) {
    const head = reader.whole();
    const start = reached + (head & AFTER_GAP ? reader.whole() : 0);
    const length = reader.whole();
    const intervals = head & COUNTED ? reader.whole() : 1;
    const parts =
      head & MERGED
        ? Array.from({ length: reader.whole() }, () => ({ state: reader.whole(), duration: reader.whole() }))
        : [{ state: reader.whole(), duration: length }];
    const value = head & VALUE ? reader.value((head & VALUE_RANGE) !== 0) : null;
    reached = start + length;
    boxes.push({ start, end: reached, parts, intervals, overlaps: (head & OVERLAPS) !== 0, value });
  }
  return boxes;
}

class PackReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Without bit operators, which know 32 bits only. */
  whole(): number {
    let number = 0;
    for (let unit = 1; ; unit *= BASE) {
      const byte = this.#bytes[this.#at++] ?? 0;
      number += (byte % BASE) * unit;
      if (byte < BASE) return number;
    }
  }

  value(isRange: boolean): BoxValue {
    const mean = this.#float();
    return { mean, low: isRange ? this.#float() : mean, high: isRange ? this.#float() : mean };
  }

  #float(): number {
    this.#at += 4;
    return this.#view.getFloat32(this.#at - 4);
  }
}

function writeNumber(bytes: number[], number: number): void {
  let rest = number;
  for (; rest >= BASE; rest = Math.floor(rest / BASE)) bytes.push((rest % BASE) + BASE);
  bytes.push(rest);
}

function writeFloats(bytes: number[], numbers: readonly number[]): void {
  const view = new DataView(new ArrayBuffer(4));
  for (const number of numbers) {
    view.setFloat32(0, number);
    for (let index = 0; index < 4; index += 1) bytes.push(view.getUint8(index));
  }
}
