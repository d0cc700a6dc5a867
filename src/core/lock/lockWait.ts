import type { Clock } from '../ports/clock';
import { isOccupancyError } from '../errors';
import type { LockPeer } from '../ports/lockEvents';
import { describeHolder } from './describeHolder';
import { HolderWatch } from './holderWatch';
import type { AcquisitionRequest } from './lockAcquisition';
import type { LockClaim } from './markerWriter';
import type { LockObservation } from './lockObservation';
import type { LockSite } from './lockSite';

/** ms after which a wait is told of in the log, each once. */
const REPORTS = [1000, 10_000, 300_000];

/** One wait for the lock as it is measured and told of: who was in the way, and for how long. */
export class LockWait {
  readonly #site: LockSite;
  readonly #request: AcquisitionRequest;
  readonly #clock: Clock;
  /** On the monotonic scale. */
  readonly began: number;
  /** Only where somebody is in the way: making it costs. */
  #watch: HolderWatch | undefined;
  #peer: LockPeer = 'none';
  #polls = 0;
  #guardWaited = 0;
  #eventAt: number | undefined;
  #reports = 0;

  constructor(site: LockSite, request: AcquisitionRequest) {
    this.#site = site;
    this.#request = request;
    this.#clock = site.clock;
    this.began = site.clock.monotonic();
    site.events.asked(site.queue.depth);
  }

  /** ms until the wait has to be reported; Infinity when it never has to again. */
  get untilReport(): number {
    return (REPORTS[this.#reports] ?? Infinity) - (this.#clock.monotonic() - this.began);
  }

  /** Says that this has waited long, and for whom, when it is time to. */
  report(): void {
    if (this.untilReport > 0) return;
    while (this.untilReport <= 0) this.#reports++;
    const seconds = Math.round((this.#clock.monotonic() - this.began) / 1000);
    const holder = describeHolder(this.#site);
    this.#request.log.info(`Waiting for the database lock for ${seconds} s: ${holder}`);
  }

  /** Others of this process are before it. */
  queued(): void {
    this.#peer = 'ours';
    this.#request.deadline.meets('ours');
    // Whoever the head of the queue meets, this one waits for too.
    for (const peer of this.#site.estimates.peers) this.#request.deadline.meets(peer);
  }

  /** Somebody, or something, is at the path. */
  faces(seen: LockObservation): void {
    if (seen.fault !== undefined) this.#site.events.fault();
    this.#holders.saw(seen);
    const { holder } = this.#holders;
    // One that is just being written is not known yet.
    this.#peer = holder?.peer ?? (seen.status ? 'unknown' : this.#peer);
    if (holder) this.#request.deadline.meets(holder.peer);
  }

  /** Another process of ours has the guard, and with it perhaps the lock. */
  facesGuard(): void {
    this.#holders.saw(this.#site.glance().seen);
    this.#peer = this.#holders.holder?.peer ?? 'ours';
    this.#request.deadline.meets(this.#peer);
  }

  /** What was there was removed. */
  broke(reason: 'orphan' | 'age'): void {
    this.#holders.forget();
    this.#site.events.broke(reason);
  }

  /** More urgent ones of ours go first. */
  yields(): void {
    this.#peer = 'ours';
    this.#site.events.yielded();
  }

  /** The path is left free for a while, for a peer that may wait for it. */
  leavesFree(): void {
    if (this.#peer !== 'none') return;
    this.#peer = 'courtesy';
  }

  /** @param isEvent something happened to the lock file; else only time has passed */
  woke(isEvent: boolean): void {
    this.#polls++;
    if (isEvent) this.#eventAt = this.#clock.monotonic();
  }

  /** @param since when waiting for it began, on the monotonic scale */
  hasGuard(since: number): void {
    this.#guardWaited += this.#clock.monotonic() - since;
  }

  /** @returns when the hold began, on the monotonic scale */
  succeeded({ guarantee }: LockClaim): number {
    const now = this.#clock.monotonic();
    if (this.#watch?.holder) this.#watch.saw({});
    if (this.#peer !== 'none') this.#site.estimates.of(this.#peer).succeeded();
    this.#site.events.acquired({
      priority: this.#request.priority,
      guarantee,
      peer: this.#peer,
      waited: now - this.began,
      guardWaited: this.#guardWaited,
      handedOff: this.#eventAt === undefined ? undefined : now - this.#eventAt,
      polls: this.#polls,
    });
    return now;
  }

  failed(error: unknown): void {
    const code = isOccupancyError(error) ? error.code : undefined;
    if (code === 'LOCK_TIMEOUT') {
      this.#site.events.failed('timeout');
      this.#gaveUp();
    } else this.#site.events.failed(code === 'CANCELLED' ? 'cancelled' : 'unusable');
  }

  /** Karn's rule: a hold that was not seen to its end is no sample. That it lasts already for so long still counts. */
  #gaveUp(): void {
    const { holder } = this.#holders;
    if (holder) this.#site.estimates.of(holder.peer).censor(this.#clock.monotonic() - holder.since);
    if (this.#request.deadline.isAdaptive) this.#site.estimates.of(this.#peer).timedOut();
  }

  get #holders(): HolderWatch {
    this.#watch ??= new HolderWatch(this.#site, ({ peer }, held) => {
      this.#site.events.peerHeld(peer, held);
      this.#site.estimates.of(peer).sample(held);
    });
    return this.#watch;
  }
}
