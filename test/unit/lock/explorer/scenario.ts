import type { Program } from './replay';
import type { ProcessIdentity, World } from './world';

export interface Participant extends ProcessIdentity {
  readonly program: Program;
}

/** Races with the seed's lock that no protocol of ours can close; where they are possible, they must be noticed before a commit. */
export interface Residuals {
  /** A peer that judged before we claimed may remove our lock and go in while we are inside. */
  readonly isTheftPossible: boolean;
  /** A peer's own lock may be removed by another peer, so that we find the path free while it is inside. */
  readonly isJoinPossible: boolean;
}

export interface Scenario {
  readonly name: string;
  readonly participants: readonly Participant[];
  /** Puts there what is there at the beginning. */
  readonly arrange: (world: World) => void;
  /**
   * `prompt`: a process that can go on does so before any sleep ends, so no pause between two calls of one process is longer
   * than a sleep of another. `slow`: it may be stopped between any two calls for as long as the sleeps of the others last.
   */
  readonly pace: 'prompt' | 'slow';
  /** How many processes are killed, at any point. */
  readonly kills: number;
  /** How often a schedule may take the turn from a process that could go on; Infinity for all schedules. */
  readonly preemptions: number;
  /** Once, at any point, the whole machine may stand still for that many ms. */
  readonly pause?: number;
  readonly residuals: Residuals;
}
