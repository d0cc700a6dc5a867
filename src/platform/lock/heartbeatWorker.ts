import fs from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { faultCode } from '../../core/ports/lockFiles';
import type { BeatClaim, LossReason } from './heartbeatSlot';
import { HeartbeatSlot, Stopwatch } from './heartbeatSlot';

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

const { O_RDWR } = fs.constants;
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants as { O_NOFOLLOW?: number; O_NONBLOCK?: number };
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
      const loss = this.#refresh(claim);
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

  /**
   * Why this can only ever write into our own lock file: the descriptor is the thread's own, so none that the owner closed and
   * reused is touched; and the owner keeps its descriptor open for the whole generation, so while the generation is still the
   * same *after* the open, that inode number can belong to no other file. If the owner lets go later, our own descriptor pins
   * the inode, and at worst the content of an unlinked file is rewritten.
   */
  #refresh({ generation, device, inode, content }: BeatClaim): LossReason | undefined {
    const descriptor = fs.openSync(this.#order.path, O_RDWR | O_NOFOLLOW | O_NONBLOCK);
    try {
      const stats = fs.fstatSync(descriptor, { bigint: true });
      if (this.#slot.generation !== generation) return undefined;
      if (stats.dev !== device || stats.ino !== inode) return 'replaced';
      fs.writeSync(descriptor, content, 0, content.length, 0);
      this.#slot.beat(generation);
      return undefined;
    } finally {
      fs.closeSync(descriptor);
    }
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
