import type { LockTraffic } from '../lock/lockTraffic';
import type { OwnerRecord } from '../lock/ownerRecord';

/**
 * The hint that the guard's holder leaves beside the lock, which outlives a SIGKILL.
 * It decides nothing alone, so its own faults are swallowed: a record that cannot be read is no hint.
 */
export interface OwnerFile {
  read(): OwnerRecord | undefined;
  /** Only while holding the guard. @param traffic of the lock, where it is to change */
  write(record: OwnerRecord, traffic?: LockTraffic): void;
  /** Now by the clock of the lock's own file system (ms since the epoch); only while holding the guard. Undefined when it cannot be told. */
  fileSystemTime(): number | undefined;
}
