export type RecordValue = null | number | bigint | string | Uint8Array;

const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A number of SQLite's variable length (file format, 1.6), and where it ends; null past the end of the bytes. */
export function readVarint(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } | null {
  let value = 0n;
  for (let index = 0; index < 9; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    if (index === 8) return { value: Number(BigInt.asIntN(64, (value << 8n) | BigInt(byte))), end: at + 9 };
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return { value: Number(value), end: at + index + 1 };
  }
  return null;
}

/** The values of a record (file format, 2.1); null for bytes that are none. */
export function readRecord(payload: Uint8Array, mostColumns: number): RecordValue[] | null {
  const header = readVarint(payload, 0);
  if (!header || header.value < header.end || header.value > payload.length) return null;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const values: RecordValue[] = [];
  let body = header.value;
  for (let at = header.end; at < header.value;) {
    const type = readVarint(payload, at);
    if (!type || type.end > header.value || values.length >= mostColumns) return null;
    at = type.end;
    const size = sizeOf(type.value);
    if (size === null || body + size > payload.length) return null;
    const value = readValue(view, payload, type.value, body, size);
    if (value === undefined) return null;
    values.push(value);
    body += size;
  }
  return body === payload.length ? values : null;
}

/** Bytes of a value of a serial type; null for types that SQLite does not write. */
function sizeOf(type: number): number | null {
  if (type < 0 || type === 10 || type === 11) return null;
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? null;
}

/** undefined for a text that is none. */
function readValue(view: DataView, bytes: Uint8Array, type: number, at: number, size: number): RecordValue | undefined {
  switch (type) {
    case 0:
      return null;
    case 7:
      return view.getFloat64(at);
    case 8:
      return 0;
    case 9:
      return 1;
  }
  if (type < 7) return readInteger(view, at, size);
  const part = bytes.subarray(at, at + size);
  if (type % 2 === 0) return part.slice();
  try {
    return text.decode(part);
  } catch {
    return undefined;
  }
}

function readInteger(view: DataView, at: number, size: number): number | bigint {
  if (size === 8) {
    const value = view.getBigInt64(at);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
  let value = view.getInt8(at);
  for (let index = 1; index < size; index += 1) value = value * 256 + view.getUint8(at + index);
  return value;
}
