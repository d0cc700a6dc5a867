/** Why a beat found the lock lost. */
export type LossReason = 'gone' | 'replaced' | 'late';

const REASONS: readonly LossReason[] = ['gone', 'replaced', 'late'];

/** One hold, as the heartbeat's thread sees it. `generation` is odd while the lock is held, and never comes back. */
export interface BeatClaim {
  readonly generation: number;
  readonly device: bigint;
  readonly inode: bigint;
  readonly content: Uint8Array;
}

const WORDS = { generation: 0, lostGeneration: 1, lostReason: 2, contentLength: 3 } as const;
const LONGS = { device: 0, inode: 1, lastMonotonic: 2, lastWall: 3 } as const;
const LONGS_AT = 16;
const CONTENT_AT = 48;
const SIZE = 112;

/**
 * The memory that the lock's owner and the heartbeat's thread share for one lock path, so that taking and releasing a lock
 * costs no message, and the thread needs nothing of the owner's event loop.
 */
export class HeartbeatSlot {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #longs: BigInt64Array;
  readonly #content: Uint8Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(SIZE)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, 4);
    this.#longs = new BigInt64Array(buffer, LONGS_AT, 4);
    this.#content = new Uint8Array(buffer, CONTENT_AT);
  }

  get generation(): number {
    return Atomics.load(this.#words, WORDS.generation);
  }

  /** By the owner. @returns the generation of this hold */
  begin(device: bigint, inode: bigint, content: string): number {
    this.#longs[LONGS.device] = device;
    this.#longs[LONGS.inode] = inode;
    this.#words[WORDS.contentLength] = Buffer.from(this.#content.buffer, CONTENT_AT).write(content, 'latin1');
    this.refreshed();
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
    return { generation, device, inode, content: this.#content.slice(0, this.#words[WORDS.contentLength]) };
  }

  refreshed(): void {
    Atomics.store(this.#longs, LONGS.lastMonotonic, process.hrtime.bigint());
    Atomics.store(this.#longs, LONGS.lastWall, BigInt(Date.now()));
  }

  /** ms since the last beat, by whichever clock says more: one stands still while the machine sleeps, the other can be set. */
  get silence(): number {
    const monotonic = Number(process.hrtime.bigint() - Atomics.load(this.#longs, LONGS.lastMonotonic)) / 1e6;
    return Math.max(monotonic, Date.now() - Number(Atomics.load(this.#longs, LONGS.lastWall)));
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
