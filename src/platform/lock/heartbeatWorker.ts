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

/** Thread to owner: that hold is lost, or how a beat went: by how many ms it was late, or that the file could not be refreshed. */
export type HeartbeatNews =
  { readonly path: string; readonly lost: number } | { readonly path: string; readonly lag: number | undefined };

/** ms after a fault that may pass, such as EIO or EMFILE. */
const RETRY_MS = 1000;

/** Keeps one lock path fresh while it is held. */
class Heart {
  readonly #order: HeartbeatOrder;
  readonly #slot: HeartbeatSlot;
  readonly #timer: NodeJS.Timeout;
  #due: number;
  #retry: NodeJS.Timeout | undefined;
  #seen = 0;
  #sinceSeen = new Stopwatch();

  constructor(order: HeartbeatOrder, slot: HeartbeatSlot) {
    this.#order = order;
    this.#slot = slot;
    this.#due = performance.now() + order.interval;
    this.#timer = setInterval(() => this.#beatInTime(), order.interval);
  }

  stop(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#retry);
  }

  #beatInTime(): void {
    const now = performance.now();
    const lag = Math.max(0, now - this.#due);
    this.#due = now + this.#order.interval;
    this.#beat(lag);
  }

  #beat(lag: number): void {
    const claim = this.#slot.claim();
    if (!claim || this.#slot.lossOf(claim.generation)) return;
    if (this.#silence(claim) > this.#order.lostAfter) return this.#lose(claim, 'late');
    try {
      const loss = refreshLock(this.#order.path, this.#slot, claim);
      if (loss) this.#lose(claim, loss);
      else this.#tell(lag);
    } catch (error) {
      if (faultCode(error) === 'ENOENT') return this.#lose(claim, 'gone');
      this.#tell(undefined);
      const delay = Math.min(RETRY_MS, this.#order.interval);
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#beat(lag + delay), delay);
    }
  }

  /** Of a hold that had no beat yet, from when it was first seen here; the owner measures from its beginning. */
  #silence({ generation }: BeatClaim): number {
    if (this.#seen !== generation) this.#sinceSeen = new Stopwatch();
    this.#seen = generation;
    return Math.min(this.#slot.silence(generation), this.#sinceSeen.elapsed);
  }

  #tell(lag: number | undefined): void {
    parentPort?.postMessage({ path: this.#order.path, lag } satisfies HeartbeatNews);
  }

  #lose({ generation }: BeatClaim, reason: LossReason): void {
    if (this.#slot.generation !== generation) return;
    this.#slot.markLost(generation, reason);
    parentPort?.postMessage({ path: this.#order.path, lost: generation } satisfies HeartbeatNews);
  }
}

const hearts = new Map<string, Heart>();

parentPort?.on('message', (order: HeartbeatOrder) => {
  hearts.get(order.path)?.stop();
  hearts.delete(order.path);
  if (order.buffer) hearts.set(order.path, new Heart(order, new HeartbeatSlot(order.buffer)));
});
