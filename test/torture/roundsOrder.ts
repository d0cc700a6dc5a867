/** What each process of a test in rounds is told. Times in ms. */
export interface RoundsOrder {
  readonly folder: string;
  readonly rounds: number;
  /** Rounds at a time. */
  readonly lanes: number;
  /** From one round of a lane to its next; 0 to go on at once. */
  readonly period: number;
  /** Epoch. */
  readonly start: number;
  /** Inside, on average. */
  readonly hold: number;
  /** All rounds are at one lock. */
  readonly isShared?: boolean;
  /** For a peer: the longest pause between its `stat` and its `unlink`. */
  readonly preemption?: number;
  /** For a peer: the latest that it comes to a round. */
  readonly latest?: number;
}
