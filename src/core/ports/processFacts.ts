import type { FileStatus } from './lockFiles';

export interface ProcessFacts {
  /** ms since the epoch. */
  readonly startedAt: number;
  /** Its program's name, for the user. */
  readonly command: string;
  /** True when the command line is Python's or Home Assistant's. */
  readonly isHomeAssistant: boolean;
}

/** What the system knows of other processes. A positive answer is proof, a missing one proves nothing: it may be in another container. */
export interface Processes {
  find(pid: number): ProcessFacts | undefined;
  /** True when some process visibly holds an flock on this file. */
  isFlocked(file: FileStatus): boolean;
}
