import type { LockTraffic, WaiterHint } from '../lock/lockTraffic';

/** What our processes tell each other about their waiting. Its own faults are swallowed: without it, only the order is lost. */
export interface TrafficBoard {
  /** The traffic, where it was ever written, and the hints of the other processes, living or not. */
  look(): { readonly traffic: LockTraffic | undefined; readonly hints: readonly WaiterHint[] };
  /** Says, or says again, that this process waits. */
  announce(hint: Omit<WaiterHint, 'id'>): void;
  /** It waits no more; harmless when it never did. */
  withdraw(): void;
}
