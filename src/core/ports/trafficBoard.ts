import type { LockTraffic, WaiterHint } from '../lock/lockTraffic';

/** What our processes tell each other about their waiting. Its own faults are swallowed: without it, only the order is lost. */
export interface TrafficBoard {
  /**
   * The traffic, where it was ever written, and the hints of the other processes, living or not.
   * @param age ms that the answer may be old: looking costs a tenth of an uncontended use
   */
  look(age: number): { readonly traffic: LockTraffic | undefined; readonly hints: readonly WaiterHint[] };
  /** Says, or says again, that this process waits. */
  announce(hint: Omit<WaiterHint, 'id'>): void;
  /** It waits no more; harmless when it never did. */
  withdraw(): void;
}
