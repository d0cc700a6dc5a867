const BASE = 128;

/** Reads what a ByteWriter wrote. */
export class ByteReader {
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

  byte(): number {
    return this.#bytes[this.#at++] ?? 0;
  }

  whole(): number {
    let number = 0;
    for (let unit = 1; ; unit *= BASE) {
      const byte = this.byte();
      number += (byte % BASE) * unit;
      if (byte < BASE) return number;
    }
  }

  float(): number {
    this.#at += 4;
    return this.#view.getFloat32(this.#at - 4);
  }
}
