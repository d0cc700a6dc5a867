import { hostname } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { RedisUnreachableError } from '../../core/errors';
import { readHolder, redisReplyError } from '../../core/lock/redisReplies';
import type { RedisLoss } from '../../core/lock/redisRenewal';
import type { RedisTimes } from '../../core/lock/redisTimes';
import { redisServer, type RedisAddress } from '../../core/lock/redisUrl';
import type { Clock } from '../../core/ports/clock';
import type { RedisHolder, RedisLease, RedisLeases } from '../../core/ports/redisLeases';
import type { Wake } from '../../core/ports/wake';
import type { RedisAnswer, RedisFault, RedisOrder, RedisRequest, RedisThreadData } from './redisMessages';
import { RedisSlot } from './redisSlot';
import { TouchWake } from './touchWake';

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const REASON: Record<RedisLoss, string> = {
  replaced: 'Redis does not know its Redis lock any more.',
  late: 'its Redis lock ran out before it could be renewed.',
};

/** The leases of one server, asked for through a thread that starts with the first call and never keeps the process alive when idle. */
export class RedisThread implements RedisLeases {
  readonly server: string;
  readonly who = `${process.pid}@${hostname()}`;
  readonly #data: RedisThreadData;
  readonly #clock: Clock;
  readonly #pending = new Map<number, Pending>();
  readonly #wakes = new Map<TouchWake, string>();
  #worker: Worker | undefined;
  #nextId = 1;

  constructor(address: RedisAddress, password: string | undefined, times: RedisTimes, clock: Clock) {
    this.server = redisServer(address);
    this.#data = { address, times, who: this.who, ...(password === undefined ? {} : { password }) };
    this.#clock = clock;
  }

  async acquire(database: string, token: string): Promise<RedisLease | number> {
    const slot = new RedisSlot();
    const { ttl } = this.#data.times;
    const fence = Number(await this.#ask({ call: 'acquire', database, token, buffer: slot.buffer }));
    if (fence <= 0) return -1 - fence;
    return {
      fence,
      lost() {
        const loss = slot.lossOf(ttl);
        return loss && REASON[loss];
      },
    };
  }

  async raise(database: string, token: string, highest: number): Promise<number | undefined> {
    return Number(await this.#ask({ call: 'raise', database, token, highest })) || undefined;
  }

  async release(database: string, token: string): Promise<boolean> {
    // A thread that has ended renews nothing, and starting one to say so would take longer than the lease.
    return this.#worker !== undefined && (await this.#ask({ call: 'release', database, token })) === true;
  }

  watch(database: string): Wake {
    const wake = new TouchWake(this.#clock);
    this.#wakes.set(wake, database);
    // Where no message can be heard, who waits looks often enough by itself. What came before the channel was open is looked for once.
    this.#ask({ call: 'watch', database }).then(
      () => wake.touch(),
      () => undefined,
    );
    return { wait: (ms, signal) => wake.wait(ms, signal), dispose: () => void this.#wakes.delete(wake) };
  }

  async inspect(database: string): Promise<RedisHolder | undefined> {
    return readHolder(await this.#ask({ call: 'inspect', database }));
  }

  /** Waits for what was asked before, such as a release, then ends the thread. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    await this.#ask({ call: 'close' }).catch(() => undefined);
    await worker.terminate();
  }

  #ask(request: RedisRequest): Promise<unknown> {
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId++;
    const answer = new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
    worker.ref();
    worker.postMessage({ id, ...request } satisfies RedisOrder);
    return answer;
  }

  #start(): Worker {
    const worker = new Worker(join(__dirname, 'redisWorker.js'), {
      name: 'Redis lock',
      workerData: this.#data,
      // Its answers are small and short-lived.
      resourceLimits: { maxYoungGenerationSizeMb: 2 },
    });
    let fault = 'its thread ended';
    worker.on('message', (answer: RedisAnswer) => this.#hear(answer));
    worker.on('error', (error) => (fault = error.message));
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const { reject } of this.#pending.values()) reject(new RedisUnreachableError(this.server, fault));
      this.#pending.clear();
    });
    return worker;
  }

  #hear(answer: RedisAnswer): void {
    if ('released' in answer) {
      for (const [wake, database] of this.#wakes) if (database === answer.released) wake.touch();
      return;
    }
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if (this.#pending.size === 0) this.#worker?.unref();
    if ('fault' in answer) pending?.reject(this.#errorOf(answer.fault));
    else pending?.resolve(answer.result);
  }

  #errorOf(fault: RedisFault): Error {
    return 'reply' in fault
      ? redisReplyError(this.server, fault.reply)
      : new RedisUnreachableError(this.server, fault.unreachable);
  }
}
