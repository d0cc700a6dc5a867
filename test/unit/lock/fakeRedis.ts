import { CancelledError, RedisUnreachableError } from '../../../src/core/errors';
import { certainFor } from '../../../src/core/lock/redisTimes';
import type { FenceRecord } from '../../../src/core/ports/fenceRecord';
import type { RedisHolder, RedisLease, RedisLeases } from '../../../src/core/ports/redisLeases';
import type { Wake } from '../../../src/core/ports/wake';
import type { FakeClock } from './fakeWorld';

export const TTL = 30_000;

/** A server in memory, which answers, is gone, or loses the answers on the way. Nothing of it is renewed. */
export class FakeRedis {
  readonly clock: FakeClock;
  counter = 0;
  held: { token: string; who: string; fence: number; until: number } | undefined;
  state: 'up' | 'down' | 'deaf' = 'up';
  calls: string[] = [];
  readonly #wakes = new Set<AbortController>();

  constructor(clock: FakeClock) {
    this.clock = clock;
  }

  get holder(): RedisHolder | undefined {
    if (!this.held || this.held.until <= this.clock.monotonic()) return undefined;
    return { who: this.held.who, fence: this.held.fence, remaining: this.held.until - this.clock.monotonic() };
  }

  get watchers(): number {
    return this.#wakes.size;
  }

  /** One client of it. */
  client(who: string): RedisLeases {
    const call = <T>(name: string, act: () => T): Promise<T> => this.#call(`${who} ${name}`, act);
    return {
      server: 'redis:6379',
      who,
      acquire: (_database, token) => call('acquire', () => this.#acquire(token, who)),
      raise: (_database, token, highest) => call('raise', () => this.#raise(token, highest)),
      release: (_database, token) => call('release', () => this.#release(token)),
      inspect: () => call('inspect', () => this.holder),
      watch: () => this.#watch(),
    };
  }

  async #call<T>(name: string, act: () => T): Promise<T> {
    this.calls.push(name);
    if (this.state === 'down') throw new RedisUnreachableError('redis:6379', 'ECONNREFUSED');
    const answer = act();
    if (this.state === 'deaf') throw new RedisUnreachableError('redis:6379', 'no answer within 2000 ms');
    return answer;
  }

  #acquire(token: string, who: string): RedisLease | number {
    const { holder } = this;
    if (holder && this.held?.token !== token) return holder.remaining;
    const fence = holder?.fence ?? ++this.counter;
    const grantedAt = this.clock.monotonic();
    this.held = { token, who, fence, until: grantedAt + TTL };
    const isLate = (): boolean => this.clock.monotonic() - grantedAt >= certainFor(TTL);
    return { fence, lost: () => (isLate() ? 'its Redis lock ran out before it could be renewed.' : undefined) };
  }

  #raise(token: string, highest: number): number | undefined {
    if (!this.holder || this.held?.token !== token) return undefined;
    this.counter = Math.max(this.counter, highest) + 1;
    this.held.fence = this.counter;
    return this.counter;
  }

  #release(token: string): boolean {
    if (!this.holder || this.held?.token !== token) return false;
    this.held = undefined;
    for (const wake of this.#wakes) wake.abort();
    return true;
  }

  #watch(): Wake {
    const released = new AbortController();
    this.#wakes.add(released);
    return {
      wait: async (ms, signal) => {
        await this.clock.sleep(ms, AbortSignal.any([released.signal, ...(signal ? [signal] : [])])).catch(() => undefined);
        if (signal?.aborted) throw new CancelledError('Waiting');
        return released.signal.aborted;
      },
      dispose: () => void this.#wakes.delete(released),
    };
  }
}

export class FakeRecord implements FenceRecord {
  database = 'one';
  top = 0;

  exists = (): boolean => true;
  id = (): string => this.database;
  highest = (database: string): number | undefined => (database === this.database ? this.top : undefined);

  raise(database: string, fence: number): number | undefined {
    const before = this.highest(database);
    if (before !== undefined) this.top = Math.max(this.top, fence);
    return before;
  }
}
