import type { RedisLoss } from '../../core/lock/redisRenewal';
import { certainFor } from '../../core/lock/redisTimes';

const LOSSES: readonly RedisLoss[] = ['replaced', 'late'];

/** A moment by both clocks: one stands still while the machine sleeps, the other can be set. */
export interface GrantMoment {
  /** ns of the system's monotonic clock, which all threads share. */
  readonly monotonic: bigint;
  /** ms since the epoch. */
  readonly wall: bigint;
}

export function grantMoment(): GrantMoment {
  return { monotonic: process.hrtime.bigint(), wall: BigInt(Date.now()) };
}

/**
 * The memory that the writer and the thread that renews share for one lease: whether it is still ours is known without a message,
 * however long either event loop was blocked.
 */
export class RedisSlot {
  readonly buffer: SharedArrayBuffer;
  readonly #granted: BigInt64Array;
  readonly #loss: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(24)) {
    this.buffer = buffer;
    this.#granted = new BigInt64Array(buffer, 0, 2);
    this.#loss = new Int32Array(buffer, 16, 1);
  }

  /** By the thread: the lease counts from this moment, which was before it was asked for. */
  grant({ monotonic, wall }: GrantMoment): void {
    Atomics.store(this.#granted, 0, monotonic);
    Atomics.store(this.#granted, 1, wall);
  }

  /** By the thread. */
  lose(loss: RedisLoss): void {
    Atomics.store(this.#loss, 0, LOSSES.indexOf(loss) + 1);
  }

  /** Why the lease is no longer certain, by whichever clock says so first. @param ttl ms */
  lossOf(ttl: number): RedisLoss | undefined {
    const told = LOSSES[Atomics.load(this.#loss, 0) - 1];
    if (told) return told;
    const { monotonic, wall } = grantMoment();
    const age = Math.max(Number(monotonic - Atomics.load(this.#granted, 0)) / 1e6, Number(wall - Atomics.load(this.#granted, 1)));
    return age >= certainFor(ttl) ? 'late' : undefined;
  }
}
