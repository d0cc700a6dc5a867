import { parentPort } from 'node:worker_threads';
import { faultCode } from '../../core/ports/lockFiles';
import type { BeatClaim, LossReason } from './heartbeatSlot';
import { HeartbeatSlot, Stopwatch } from './heartbeatSlot';
import { refreshLock } from './refreshLock';

/** Owner to thread: look after (or, without a slot, forget) the lock at `path`. Intervals in ms. */
export interface HeartbeatOrder {
  readonly path: string;
  readonly buffer?: SharedArrayBuffer;
  readonly interval: number;
  readonly lostAfter: number;
}

/** Thread to owner: that hold is lost. */
export interface HeartbeatLoss {
  readonly path: string;
  readonly generation: number;
}

/** ms after a fault that may pass, such as EIO or EMFILE. */
const RETRY_MS = 1000;

/** Keeps one lock path fresh while it is held. */
class Heart {
  readonly #order: HeartbeatOrder;
  readonly #slot: HeartbeatSlot;
  readonly #timer: NodeJS.Timeout;
  #retry: NodeJS.Timeout | undefined;
  #seen = 0;
  #sinceSeen = new Stopwatch();

  constructor(order: HeartbeatOrder, slot: HeartbeatSlot) {
    this.#order = order;
    this.#slot = slot;
    this.#timer = setInterval(() => this.#beat(), order.interval);
  }

  stop(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#retry);
  }

  #beat(): void {
    const claim = this.#slot.claim();
    if (!claim || this.#slot.lossOf(claim.generation)) return;
    if (this.#silence(claim) > this.#order.lostAfter) return this.#lose(claim, 'late');
    try {
      const loss = refreshLock(this.#order.path, this.#slot, claim);
      if (loss) this.#lose(claim, loss);
    } catch (error) {
      if (faultCode(error) === 'ENOENT') return this.#lose(claim, 'gone');
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#beat(), Math.min(RETRY_MS, this.#order.interval));
    }
  }

  /** Of a hold that had no beat yet, from when it was first seen here; the owner measures from its beginning. */
  #silence({ generation }: BeatClaim): number {
    if (this.#seen !== generation) this.#sinceSeen = new Stopwatch();
    this.#seen = generation;
    return Math.min(this.#slot.silence(generation), this.#sinceSeen.elapsed);
  }

  #lose({ generation }: BeatClaim, reason: LossReason): void {
    if (this.#slot.generation !== generation) return;
    this.#slot.markLost(generation, reason);
    parentPort?.postMessage({ path: this.#order.path, generation } satisfies HeartbeatLoss);
  }
}

const hearts = new Map<string, Heart>();

parentPort?.on('message', (order: HeartbeatOrder) => {
  hearts.get(order.path)?.stop();
  hearts.delete(order.path);
  if (order.buffer) hearts.set(order.path, new Heart(order, new HeartbeatSlot(order.buffer)));
});
