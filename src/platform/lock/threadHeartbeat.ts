import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Heartbeat, Pulse } from '../../core/ports/heartbeat';
import { LOST_AFTER_BEATS } from '../../core/ports/heartbeat';
import type { FileStatus } from '../../core/ports/lockFiles';
import type { LossReason } from './heartbeatSlot';
import { HeartbeatSlot, Stopwatch } from './heartbeatSlot';
import type { HeartbeatNews, HeartbeatOrder } from './heartbeatWorker';

const REASON: Record<LossReason, string> = {
  gone: 'its file is gone.',
  replaced: 'another file has taken its place.',
  late: 'it could not be refreshed for so long that a peer may take it for stale.',
};

/** ms */
const RESTART_DELAY = 1000;

/** The one thread of this process that beats for all its locks; started with the first lock, and never what keeps the process alive. */
class HeartbeatThread {
  readonly #orders = new Map<string, HeartbeatOrder>();
  readonly #listeners = new Map<string, (news: HeartbeatNews) => void>();
  #worker: Worker | undefined;

  look(order: HeartbeatOrder, onNews: (news: HeartbeatNews) => void): void {
    this.#orders.set(order.path, order);
    this.#listeners.set(order.path, onNews);
    if (this.#worker) this.#worker.postMessage(order);
    else this.#start();
  }

  forget(path: string): void {
    if (!this.#orders.delete(path)) return;
    this.#listeners.delete(path);
    this.#worker?.postMessage({ path, interval: 0, lostAfter: 0 } satisfies HeartbeatOrder);
  }

  #start(): void {
    let worker: Worker;
    try {
      worker = new Worker(join(__dirname, 'heartbeatWorker.js'), { name: 'lock heartbeat' });
    } catch {
      return this.#startLater();
    }
    this.#worker = worker;
    worker.on('message', (news: HeartbeatNews) => this.#listeners.get(news.path)?.(news));
    // Without a thread nothing is refreshed, which each hold finds out for itself by its silence.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#startLater();
    });
    worker.unref();
    for (const order of this.#orders.values()) worker.postMessage(order);
  }

  #startLater(): void {
    setTimeout(() => {
      if (!this.#worker && this.#orders.size > 0) this.#start();
    }, RESTART_DELAY).unref();
  }
}

const thread = new HeartbeatThread();

/** The heartbeat of one lock path. */
export class ThreadHeartbeat implements Heartbeat {
  readonly #path: string;
  readonly #onBeat: (lag: number | undefined) => void;
  readonly #slot = new HeartbeatSlot();
  #interval: number | undefined;
  #onLost: { generation: number; tell(reason: string): void } | undefined;

  /** @param onBeat told by how many ms each beat was late, or undefined where the file could not be refreshed */
  constructor(path: string, onBeat: (lag: number | undefined) => void) {
    this.#path = path;
    this.#onBeat = onBeat;
  }

  begin(claimed: FileStatus, content: string, interval: number, onLost: (reason: string) => void): Pulse {
    const slot = this.#slot;
    const lostAfter = interval * 1000 * LOST_AFTER_BEATS;
    const generation = slot.begin(claimed.device, claimed.inode, content);
    this.#onLost = { generation, tell: onLost };
    if (this.#interval !== interval) {
      this.#interval = interval;
      const order = { path: this.#path, buffer: slot.buffer, interval: interval * 1000, lostAfter };
      thread.look(order, (news) => ('lost' in news ? this.#lost(news.lost) : this.#onBeat(news.lag)));
    }
    const held = new Stopwatch();
    return {
      lost() {
        const isLate = held.elapsed > lostAfter && slot.silence(generation) > lostAfter;
        const loss = slot.lossOf(generation) ?? (isLate ? 'late' : undefined);
        return loss && REASON[loss];
      },
      end: () => slot.end(),
    };
  }

  close(): void {
    thread.forget(this.#path);
    this.#interval = undefined;
  }

  #lost(generation: number): void {
    const loss = this.#slot.lossOf(generation);
    if (loss && this.#onLost?.generation === generation && this.#slot.generation === generation) this.#onLost.tell(REASON[loss]);
  }
}
