import type { BackupProgress, BackupReport } from '../core/backup/backupReport';
import type { CheckProgress, CheckReport } from '../core/check/checkReport';
import type { DatabaseInfo } from '../core/database/databaseInfo';
import type { IntervalDayQuery } from '../core/database/occupancyReader';
import type { ExportRequest, ExportResult } from '../core/export/exportRequest';
import type { ClearResult, LockInspection, RedisFallback } from '../core/lock/lockInspection';
import type { LockTimeout } from '../core/lock/lock';
import type { LockMetrics } from '../core/metrics/lockMetrics';
import type { Area, AreaPriors, Entity, EntityFilter, Interval, IntervalDay, IntervalQuery, OccupiedSpan } from '../core/model';
import type { FriendlyNames } from '../core/friendlyNames';
import type { Lanes, LanesQuery } from '../core/timeline/lanes';
import type { AreaOverview, AreaOverviewQuery, DatabaseOverview } from '../core/overview/overviewFacts';
import type { RecoveryProgress, RecoveryReport } from '../core/recover/recoveryReport';
import type { Timeline, TimelineQuery } from '../core/timeline/timeline';
import type { RecorderFinding } from '../core/sync/recorderFinding';
import type { SyncProgress } from '../core/sync/syncProgress';
import type { SyncReport } from '../core/sync/syncReport';
import type { SnapshotPolicy } from '../core/snapshot/snapshotCause';
import type { ErrorRecord } from './errorRecord';
import type { FileAnswer, FileQuestion } from './fileQuestions';

/** What the database process must know before it opens the file. */
export interface OpenOptions {
  /** Or the address of a file that has no path on this computer, which the process then asks the extension for. */
  readonly path: string;
  /** `auto`. */
  readonly snapshots?: SnapshotPolicy;
  /** Seconds a write may wait for the lock, or by what is known of those in the way. */
  readonly lockTimeout: LockTimeout;
  /** Seconds after which a lock that nobody renews counts as stale. */
  readonly staleLockTimeout: number;
  /** Whether plain reads take the lock: `auto` only where the seed's lock file was seen. */
  readonly readLocks: 'auto' | 'always' | 'never';
  /** The Redis lock that writes take besides, where one is set. */
  readonly redis?: RedisChoice;
}

/** The password is a secret: it is never logged. */
export interface RedisChoice {
  readonly url: string;
  readonly password?: string;
  readonly fallback: RedisFallback;
}

/** Where a sync reads from. The token is a secret: it is never logged, and kept no longer than the reading lasts. */
export type SourceChoice =
  | { readonly kind: 'recorder'; readonly path: string }
  | { readonly kind: 'homeAssistant'; readonly url: string; readonly token: string };

/** Where a new database is written. */
export interface DatabaseTarget {
  readonly target: string;
  /** Whether a file that is there may be replaced. */
  readonly overwrite: boolean;
}

/** How far a request has come that a process does alone. */
export interface JobProgress {
  readonly stage: CheckProgress['stage'] | BackupProgress['stage'] | RecoveryProgress['stage'];
  /** 0–1 of the stage; null where nobody knows. */
  readonly fraction: number | null;
}

/** Requests of the extension to the database process: name → what it takes and what it answers. */
export interface DatabaseRequests {
  open: { params: OpenOptions; result: void };
  /** Sets another Redis lock, or none, without opening the file anew: a sync that is planned stays so. */
  setRedis: { params: RedisChoice | null; result: void };
  /** The answer to a `fileAsked`. */
  giveFile: { params: FileAnswer; result: void };
  describe: { params: void; result: DatabaseInfo };
  getAreas: { params: void; result: readonly Area[] };
  getEntities: { params: EntityFilter; result: readonly Entity[] };
  getIntervals: { params: IntervalQuery; result: readonly Interval[] };
  getIntervalDays: { params: IntervalDayQuery; result: readonly IntervalDay[] };
  getRecentStates: { params: void; result: readonly string[] };
  getPriors: { params: { readonly area: string }; result: AreaPriors };
  getOccupiedSpan: { params: { readonly area: string; readonly from: string; readonly to: string }; result: OccupiedSpan };
  getTimeline: { params: TimelineQuery; result: Timeline };
  getLanes: { params: LanesQuery; result: Lanes };
  getOverview: { params: void; result: DatabaseOverview };
  getAreaOverview: { params: AreaOverviewQuery; result: AreaOverview };
  getFriendlyNames: { params: void; result: FriendlyNames };
  /** With the Redis lock, where one is set. */
  inspectLock: { params: void; result: LockInspection };
  clearStaleLock: { params: { readonly expected: LockInspection }; result: ClearResult };
  /** What this process has done with the lock since it started or was told to forget it. */
  getLockMetrics: { params: void; result: LockMetrics };
  resetLockMetrics: { params: void; result: void };
  findRecorder: { params: void; result: RecorderFinding };
  /** Reads history and keeps the plan, one per process; a newer one takes its place. Slow; cancel ends it within a second. */
  planSync: { params: { readonly source: SourceChoice }; result: SyncReport };
  /** Writes the plan that is kept, and forgets it. One that failed or was cancelled is kept and leaves whole chunks: it may be applied again. */
  applySync: { params: void; result: SyncReport };
  discardSync: { params: void; result: void };
  /** Writes a file. Slow; cancel ends it within a step, and leaves nothing behind. `id` is the sender's, for the events about it. */
  exportRows: { params: ExportRequest & { readonly id: number }; result: ExportResult };
  /**
   * Checks a database from a connection of its own. It may be one statement for long: to be asked of a process that does nothing
   * else, as the two that follow. Cancel ends it within a step, or with the process.
   */
  checkIntegrity: { params: OpenOptions; result: CheckReport };
  /** Copies a database into a file. Cancelled, it leaves nothing behind, unless the process is ended. */
  backup: { params: OpenOptions & DatabaseTarget; result: BackupReport };
  /** Copies what can be read of a damaged file into a new one; the process must not have the database open. As backup otherwise. */
  recover: { params: DatabaseTarget & { readonly path: string }; result: RecoveryReport };
  /** While true, the process looks at the file twice a second and tells what changed; while false only at the lock, and seldom. */
  setWatching: { params: { readonly watching: boolean }; result: void };
}

export type DatabaseMethod = keyof DatabaseRequests;

export interface RequestMessage<M extends DatabaseMethod = DatabaseMethod> {
  readonly id: number;
  readonly method: M;
  readonly params: DatabaseRequests[M]['params'];
}

export interface CancelMessage {
  readonly cancel: number;
}

export type ToDatabase = RequestMessage | CancelMessage;

export type ResponseMessage =
  { readonly id: number; readonly result: unknown } | { readonly id: number; readonly error: ErrorRecord };

/** What the database process says unasked. */
export type DatabaseEvent =
  /** A file is wanted that only the extension can reach. */
  | { readonly event: 'fileAsked'; readonly question: FileQuestion }
  /** The file is being opened, which takes long where it is read as a whole: said each second, as a sign of life. */
  | { readonly event: 'opening' }
  /** The file was opened or reopened (it was replaced, or came back). */
  | { readonly event: 'opened'; readonly info: DatabaseInfo }
  /** The file cannot be read at present; the process goes on looking at it. */
  | { readonly event: 'failed'; readonly error: ErrorRecord }
  /** Somebody committed since the last look. */
  | { readonly event: 'changed' }
  | { readonly event: 'syncProgress'; readonly progress: SyncProgress }
  | { readonly event: 'exportProgress'; readonly id: number; readonly rows: number }
  | { readonly event: 'jobProgress'; readonly progress: JobProgress }
  | { readonly event: 'lock'; readonly inspection: LockInspection }
  | { readonly event: 'log'; readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string };

export type FromDatabase = ResponseMessage | DatabaseEvent;
