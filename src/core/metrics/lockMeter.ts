import type { LockGuarantee } from '../lock/lock';
import type { LockPriority } from '../lock/lockPriority';
import type { Clock } from '../ports/clock';
import type { MakeHistogram } from '../ports/histogram';
import type { Acquired, Failure, LockEvents, LockPeer } from '../ports/lockEvents';
import { Series } from './distribution';
import type { ByPeer, LockCount, LockMetrics } from './lockMetrics';

/** Seconds, one or two a decade: an uncontended lock takes some 60 µs, a peer polls every 0.1 s, and none waits for over 300 s. */
const TIME_BOUNDS = [
  0.000_05, 0.0001, 0.000_25, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
];
const COUNT_BOUNDS = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/** ms to the µs that are kept; seconds from them. */
const MICROSECONDS = 1000;
const PER_SECOND = 1_000_000;

type Peers = Map<LockPeer, Series>;

/** Counts what one process does with one lock. */
export class LockMeter implements LockEvents {
  readonly #path: string;
  readonly #pid: number;
  readonly #clock: Clock;
  readonly #make: MakeHistogram;
  readonly #waits: Peers = new Map();
  readonly #peerHolds: Peers = new Map();
  readonly #handOffs: Peers = new Map();
  readonly #holds: Series;
  readonly #guardWaits: Series;
  readonly #lags: Series;
  readonly #depths: Series;
  readonly #polls: Series;
  #tally = newTally();
  #guarantee: LockGuarantee | null = null;
  #since: number;

  constructor(path: string, pid: number, clock: Clock, make: MakeHistogram) {
    this.#path = path;
    this.#pid = pid;
    this.#clock = clock;
    this.#make = make;
    this.#since = clock.now();
    this.#holds = this.#times();
    this.#guardWaits = this.#times();
    this.#lags = this.#times();
    this.#depths = new Series(make(), 1, COUNT_BOUNDS);
    this.#polls = new Series(make(), 1, COUNT_BOUNDS);
  }

  asked(ahead: number): void {
    this.#depths.add(ahead);
  }

  acquired({ priority, guarantee, peer, waited, guardWaited, handedOff, polls }: Acquired): void {
    this.#tally.acquired[priority]++;
    this.#guarantee = guarantee;
    this.#of(this.#waits, peer).add(waited * MICROSECONDS);
    if (polls > 0) this.#polls.add(polls);
    if (guardWaited > 0) this.#guardWaits.add(guardWaited * MICROSECONDS);
    if (handedOff !== undefined) this.#of(this.#handOffs, peer).add(handedOff * MICROSECONDS);
  }

  failed(how: Failure): void {
    this.#tally.failed[how]++;
    if (how === 'unusable') this.#guarantee = 'sqlite-only';
  }

  released(held: number): void {
    this.#holds.add(held * MICROSECONDS);
  }

  peerHeld(peer: LockPeer, held: number): void {
    this.#of(this.#peerHolds, peer).add(held * MICROSECONDS);
  }

  beat(lag: number | undefined): void {
    if (lag === undefined) this.#tally.counts.failedBeats++;
    else this.#lags.add(lag * MICROSECONDS);
  }

  joined = (): void => this.#count('joined');
  lost = (): void => this.#count('lost');
  broke = (reason: 'orphan' | 'age'): void => this.#count(reason === 'orphan' ? 'brokenOrphans' : 'brokenByAge');
  keptStale = (): void => this.#count('keptStale');
  unsettled = (): void => this.#count('unsettled');
  yielded = (): void => this.#count('yielded');
  fault = (): void => this.#count('faults');

  reset(): void {
    this.#since = this.#clock.now();
    this.#tally = newTally();
    for (const peers of [this.#waits, this.#peerHolds, this.#handOffs]) peers.clear();
    for (const series of [this.#holds, this.#guardWaits, this.#lags, this.#depths, this.#polls]) series.reset();
  }

  snapshot(): LockMetrics {
    const { acquired, failed, counts } = this.#tally;
    return {
      path: this.#path,
      pid: this.#pid,
      since: this.#since,
      at: this.#clock.now(),
      guarantee: this.#guarantee,
      acquired: { ...acquired },
      failed: { ...failed },
      counts: { ...counts },
      wait: byPeer(this.#waits),
      hold: this.#holds.snapshot(),
      peerHold: byPeer(this.#peerHolds),
      handOff: byPeer(this.#handOffs),
      guardWait: this.#guardWaits.snapshot(),
      heartbeatLag: this.#lags.snapshot(),
      queueDepth: this.#depths.snapshot(),
      polls: this.#polls.snapshot(),
    };
  }

  #count(what: LockCount): void {
    this.#tally.counts[what]++;
  }

  #times(): Series {
    return new Series(this.#make(), PER_SECOND, TIME_BOUNDS);
  }

  /** Few peers are ever met, so only those are kept. */
  #of(peers: Peers, peer: LockPeer): Series {
    let series = peers.get(peer);
    if (!series) {
      series = this.#times();
      peers.set(peer, series);
    }
    return series;
  }
}

interface Tally {
  readonly acquired: Record<LockPriority, number>;
  readonly failed: Record<Failure, number>;
  readonly counts: Record<LockCount, number>;
}

function newTally(): Tally {
  return {
    acquired: { critical: 0, interactive: 0, normal: 0, background: 0 },
    failed: { timeout: 0, cancelled: 0, unusable: 0 },
    counts: {
      joined: 0,
      brokenOrphans: 0,
      brokenByAge: 0,
      keptStale: 0,
      lost: 0,
      unsettled: 0,
      yielded: 0,
      faults: 0,
      failedBeats: 0,
    },
  };
}

function byPeer(peers: Peers): ByPeer {
  return Object.fromEntries([...peers].map(([peer, series]) => [peer, series.snapshot()]));
}
