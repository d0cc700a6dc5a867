const BASE = 128;

/** Writes numbers as bytes: a whole number 7 bits a byte, the lowest first, the high bit set on all but the last. */
export class ByteWriter {
  readonly #bytes: number[] = [];
  readonly #view = new DataView(new ArrayBuffer(4));

  get bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  byte(number: number): void {
    this.#bytes.push(number);
  }

  /** @param number whole, not below 0; without bit operators, which know 32 bits only */
  whole(number: number): void {
    let rest = number;
    for (; rest >= BASE; rest = Math.floor(rest / BASE)) this.#bytes.push((rest % BASE) + BASE);
    this.#bytes.push(rest);
  }

  /** To 32 bits. */
  float(number: number): void {
    this.#view.setFloat32(0, number);
    for (let index = 0; index < 4; index += 1) this.#bytes.push(this.#view.getUint8(index));
  }
}
