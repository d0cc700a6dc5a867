/** Why a beat found the lock lost. */
export type LossReason = 'gone' | 'replaced' | 'late';

const REASONS: readonly LossReason[] = ['gone', 'replaced', 'late'];

/** One hold, as the heartbeat's thread sees it. `generation` is odd while the lock is held, and never comes back. */
export interface BeatClaim {
  readonly generation: number;
  readonly device: bigint;
  readonly inode: bigint;
  readonly content: Buffer;
}

const WORDS = { generation: 0, lostGeneration: 1, lostReason: 2, contentLength: 3, beatGeneration: 4 } as const;
const LONGS = { device: 0, inode: 1, beatMonotonic: 2, beatWall: 3 } as const;
const LONGS_AT = 32;
const CONTENT_AT = 64;
const SIZE = 128;

/**
 * The memory that the lock's owner and the heartbeat's thread share for one lock path, so that taking and releasing a lock
 * costs no message, and the thread needs nothing of the owner's event loop.
 */
export class HeartbeatSlot {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #longs: BigInt64Array;
  readonly #content: Buffer;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(SIZE)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, LONGS_AT / 4);
    this.#longs = new BigInt64Array(buffer, LONGS_AT, 4);
    this.#content = Buffer.from(buffer, CONTENT_AT);
  }

  get generation(): number {
    return Atomics.load(this.#words, WORDS.generation);
  }

  /** By the owner, once its file is written. @returns the generation of this hold */
  begin(device: bigint, inode: bigint, content: string): number {
    this.#longs[LONGS.device] = device;
    this.#longs[LONGS.inode] = inode;
    this.#words[WORDS.contentLength] = this.#content.write(content, 'latin1');
    return Atomics.add(this.#words, WORDS.generation, 1) + 1;
  }

  /** By the owner, before it unlinks or closes the file. */
  end(): void {
    Atomics.add(this.#words, WORDS.generation, 1);
  }

  /** By the thread: the present hold, or undefined when there is none. */
  claim(): BeatClaim | undefined {
    const generation = this.generation;
    if (generation % 2 === 0) return undefined;
    const [device = 0n, inode = 0n] = this.#longs;
    return { generation, device, inode, content: Buffer.from(this.#content.subarray(0, this.#words[WORDS.contentLength])) };
  }

  /** By the thread: the file of this hold was refreshed just now. */
  beat(generation: number): void {
    Atomics.store(this.#longs, LONGS.beatMonotonic, process.hrtime.bigint());
    Atomics.store(this.#longs, LONGS.beatWall, BigInt(Date.now()));
    Atomics.store(this.#words, WORDS.beatGeneration, generation);
  }

  /**
   * ms since the last beat of this hold, by whichever clock says more: one stands still while the machine sleeps, the other
   * can be set. Infinite while there was none.
   */
  silence(generation: number): number {
    if (Atomics.load(this.#words, WORDS.beatGeneration) !== generation) return Infinity;
    const monotonic = Number(process.hrtime.bigint() - Atomics.load(this.#longs, LONGS.beatMonotonic)) / 1e6;
    return Math.max(monotonic, Date.now() - Number(Atomics.load(this.#longs, LONGS.beatWall)));
  }

  /** By the thread. */
  markLost(generation: number, reason: LossReason): void {
    Atomics.store(this.#words, WORDS.lostReason, REASONS.indexOf(reason));
    Atomics.store(this.#words, WORDS.lostGeneration, generation);
  }

  lossOf(generation: number): LossReason | undefined {
    if (Atomics.load(this.#words, WORDS.lostGeneration) !== generation) return undefined;
    return REASONS[Atomics.load(this.#words, WORDS.lostReason)];
  }
}

/** Measures by both clocks, like a slot's silence, but for one thread alone and without a system call. */
export class Stopwatch {
  readonly #monotonic = performance.now();
  readonly #wall = Date.now();

  /** ms */
  get elapsed(): number {
    return Math.max(performance.now() - this.#monotonic, Date.now() - this.#wall);
  }
}
