import type { Clock } from '../ports/clock';
import { certainFor, type RedisTimes } from './redisTimes';

/** Why a lease is lost: another has it, nobody has it, or it could not be renewed in time. */
export type RedisLoss = 'replaced' | 'late';

interface RenewalParts {
  readonly times: RedisTimes;
  readonly clock: Clock;
  /** Renews once; false when the lease is not ours any more. Notes by itself from when on a renewed lease counts. */
  readonly renew: () => Promise<boolean>;
  readonly lose: (reason: RedisLoss) => void;
}

/** Between two tries of a renewal that did not come through, as a share of the time between renewals. */
const RETRY_SHARE = 1 / 20;

/** Renews one lease until it is stopped, or lost: a renewal that fails is tried again for as long as the lease may be ours. */
export class RedisRenewal {
  readonly #parts: RenewalParts;
  readonly #stopped = new AbortController();

  /** @param grantedAt by the monotonic clock, before the lease was asked for */
  constructor(parts: RenewalParts, grantedAt: number) {
    this.#parts = parts;
    void this.#run(grantedAt);
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #run(grantedAt: number): Promise<void> {
    const { clock, times, renew, lose } = this.#parts;
    const { signal } = this.#stopped;
    let renewedAt = grantedAt;
    let pause = times.renewal;
    while (await sleptFor(clock, pause, signal)) {
      const sentAt = clock.monotonic();
      if (sentAt - renewedAt >= certainFor(times.ttl)) return lose('late');
      try {
        const isOurs = await renew();
        if (signal.aborted) return;
        if (!isOurs) return lose('replaced');
        renewedAt = sentAt;
        pause = times.renewal;
      } catch {
        pause = times.renewal * RETRY_SHARE;
      }
    }
  }
}

/** False when it was stopped meanwhile. */
async function sleptFor(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  await clock.sleep(ms, signal).catch(() => undefined);
  return !signal.aborted;
}
