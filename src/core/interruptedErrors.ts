import { OccupancyError, type ErrorCode } from './errors';

/** A sync that stopped after some of its chunks. Its code is that of what stopped it. */
export class SyncInterruptedError extends OccupancyError {
  readonly code: ErrorCode;
  readonly written: number;

  /** @param written rows that are in the database now @param left rows that are still to be looked at */
  constructor(stoppedBy: OccupancyError, written: number, left: number) {
    const [were, are] = [written === 1 ? 'row was' : 'rows were', left === 1 ? 'is' : 'are'];
    const rows = `${written.toLocaleString('en')} ${were} written before that, ${left.toLocaleString('en')} ${are} left.`;
    super(
      `${stoppedBy.message} ${rows}`,
      `${STEP_BEFORE_RESUMING[stoppedBy.code] ?? ''}Run Sync again: it adds what is missing.`,
      {
        cause: stoppedBy,
      },
    );
    this.code = stoppedBy.code;
    this.written = written;
  }
}

/** Its own next step would be wrong: it was given for a command that changes nothing when it fails. */
const STEP_BEFORE_RESUMING: Partial<Record<ErrorCode, string>> = {
  DISK_FULL: 'Free some space. ',
  DATABASE_MISSING: 'Refresh, and look at what the database is now. ',
  LOCK_TIMEOUT: 'Show Lock tells who holds it. ',
  REDIS_UNREACHABLE: 'Start Redis. ',
  REDIS_AUTH: 'Run Set Redis Password. ',
};

/** A deletion of learned history that stopped after some of its chunks. Its code is that of what stopped it. */
export class HistoryInterruptedError extends OccupancyError {
  readonly code: ErrorCode;
  readonly deleted: number;

  /** @param deleted rows that are gone @param left rows that are still there */
  constructor(stoppedBy: OccupancyError, deleted: number, left: number) {
    const [were, are] = [deleted === 1 ? 'row was' : 'rows were', left === 1 ? 'is' : 'are'];
    const rows = `${deleted.toLocaleString('en')} ${were} deleted before that, ${left.toLocaleString('en')} ${are} left.`;
    super(
      `${stoppedBy.message} ${rows}`,
      'Run Delete Learned History again to delete the rest; the backup has all of it. Priors go last, so the area still has those.',
      { cause: stoppedBy },
    );
    this.code = stoppedBy.code;
    this.deleted = deleted;
  }
}
