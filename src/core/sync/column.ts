/** Elements of a block: small enough for a short sync, large enough that a million rows are few blocks. */
const BITS = 13;
const LENGTH = 1 << BITS;
const MASK = LENGTH - 1;

type Block = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** A list of numbers that grows block by block: nothing is ever copied, so it takes no more memory than it holds. */
export class Column {
  readonly #newBlock: () => Block;
  readonly #blocks: Block[] = [];
  #length = 0;

  private constructor(newBlock: () => Block) {
    this.#newBlock = newBlock;
  }

  static ofFloats(): Column {
    return new Column(() => new Float64Array(LENGTH));
  }

  /** Of whole numbers from 0 to 2³² − 1. */
  static ofIndexes(): Column {
    return new Column(() => new Uint32Array(LENGTH));
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if ((this.#length & MASK) === 0) this.#blocks.push(this.#newBlock());
    this.#length += 1;
    this.set(this.#length - 1, value);
  }

  /** NaN beyond the end. */
  get(index: number): number {
    return this.#blocks[index >>> BITS]?.[index & MASK] ?? Number.NaN;
  }

  set(index: number, value: number): void {
    const block = this.#blocks[index >>> BITS];
    if (block) block[index & MASK] = value;
  }
}
