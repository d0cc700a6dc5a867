/** `busy`: another process of ours has it. `unusable`: this folder or file system cannot carry one. */
export type GuardTake = 'taken' | 'busy' | 'unusable';

/** What a look from outside says; `absent` means that none of ours has used this lock yet. */
export type GuardProbe = 'absent' | 'free' | 'busy' | 'unusable';

/** The kernel-released lock under which everything else is done: it frees itself when its holder dies. */
export interface Guard {
  /** Tries once, without waiting. */
  take(): GuardTake;
  /** Lets go; harmless when it is not held. */
  free(): void;
  /** True while the file that we hold is still the one at the guard's path: only then does holding it exclude all of ours. */
  isGenuine(): boolean;
  /** Forgets an open guard whose file was replaced, so that the next `take` opens the present one. */
  reopen(): void;
  /**
   * Inode of the guard's file: of the one we hold, else of the one at its path. A holder keeps its file open, so that no other
   * guard can have the same while it lives.
   */
  inode(): bigint | undefined;
  /** Looks without creating or changing anything. */
  probe(): GuardProbe;
}
