/**
 * What is kept beside the guard for the Redis lock: the id of the database, and the highest fencing token that was let in.
 * Every call throws RedisError when the record can be neither read nor made, and LockTimeoutError when another keeps it locked.
 */
export interface FenceRecord {
  /** Whether the record was made yet. */
  exists(): boolean;
  /** A UUID, made at the first call; the same for every process that shares the folder. */
  id(): string;
  /**
   * Lets `fence` in if it is higher than all before, in one step with the look.
   * @returns the highest one before, so that `fence` was let in if that is lower; undefined when the record is of another
   *   database id by now
   */
  raise(database: string, fence: number): number | undefined;
  /** The highest fence that was let in; undefined when the record is of another database id by now. */
  highest(database: string): number | undefined;
}
