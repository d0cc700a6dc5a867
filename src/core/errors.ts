/** What went wrong, as a stable word that tests, the tree and callers can switch on. */
export type ErrorCode =
  | 'LOCK_TIMEOUT'
  | 'LOCK_COMPROMISED'
  | 'LOCK_UNUSABLE'
  | 'REDIS_UNREACHABLE'
  | 'REDIS_AUTH'
  | 'REDIS'
  | 'DATABASE_MISSING'
  | 'DATABASE_EMPTY'
  | 'DATABASE_ACCESS'
  | 'DATABASE_CORRUPT'
  | 'NOT_A_FILE'
  | 'NOT_A_DATABASE'
  | 'NETWORK_MOUNT'
  | 'SNAPSHOT'
  | 'SCHEMA'
  | 'READ_ONLY'
  | 'INVALID_DATA'
  | 'DISK_FULL'
  | 'PLAN_LOST'
  | 'EXPORT'
  | 'TARGET_EXISTS'
  | 'RECORDER'
  | 'HOME_ASSISTANT'
  | 'HOME_ASSISTANT_AUTH'
  | 'PROCESS_ENDED'
  | 'CANCELLED'
  | 'UNEXPECTED';

/**
 * Base of every error this project throws on purpose.
 * `message` says what happened in one sentence; `nextStep` says what the user can do about it.
 */
export abstract class OccupancyError extends Error {
  abstract readonly code: ErrorCode;
  readonly nextStep: string;

  constructor(message: string, nextStep: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.nextStep = nextStep;
  }
}

/** The lock, or SQLite's own write lock, stayed taken for the whole timeout. The message begins with the seed's words. */
export class LockTimeoutError extends OccupancyError {
  readonly code = 'LOCK_TIMEOUT';
  constructor(detail: string, options?: { cause?: unknown }) {
    super(`Database is busy, please try again later: ${detail}`, 'Try again, or run Show Lock to see who holds it.', options);
  }
}

/** The lock was lost while it was held: the file is gone, or is another's. Nothing may be committed after this. */
export class LockCompromisedError extends OccupancyError {
  readonly code = 'LOCK_COMPROMISED';
  constructor(detail: string) {
    super(`The database lock was lost while it was held: ${detail}`, 'Nothing was written. Run the command again.');
  }
}

/** The lock path can never be acquired as it stands (a leftover, a directory, a read-only folder); waiting would not help. */
export class LockUnusableError extends OccupancyError {
  readonly code = 'LOCK_UNUSABLE';
  constructor(detail: string, options?: { cause?: unknown; nextStep?: string }) {
    super(`The lock file cannot be used: ${detail}`, options?.nextStep ?? 'Run Show Lock to see what is there.', options);
  }
}

/** The Redis lock is set, and its server cannot be reached or does not answer. */
export class RedisUnreachableError extends OccupancyError {
  readonly code = 'REDIS_UNREACHABLE';

  /** @param server host and port @param detail such as ECONNREFUSED */
  constructor(server: string, detail: string) {
    super(
      `Redis at ${server} cannot be reached (${detail}).`,
      'Nothing was written, since no write goes without its lock. Start Redis, or correct the setting areaOccupancy.lock.redis.url, and try again. To write without it while it is away, set areaOccupancy.lock.redis.fallback to "fileLock".',
    );
  }
}

/** Redis wants a password, or another one. */
export class RedisAuthError extends OccupancyError {
  readonly code = 'REDIS_AUTH';
  constructor(detail: string) {
    super(detail, 'Nothing was written. Run Set Redis Password, then try again.');
  }
}

/** Redis is set up so that its lock cannot be used, such as an address with a password in it, or a server that is a replica. */
export class RedisError extends OccupancyError {
  readonly code = 'REDIS';
}

/** There is no file at the path, or a symbolic link there points nowhere. */
export class DatabaseMissingError extends OccupancyError {
  readonly code = 'DATABASE_MISSING';
}

/** The file is there and holds 0 bytes. */
export class DatabaseEmptyError extends OccupancyError {
  readonly code = 'DATABASE_EMPTY';
}

/** The operating system refuses to let this user read (or, for a write, change) the file or its folder. */
export class DatabaseAccessError extends OccupancyError {
  readonly code = 'DATABASE_ACCESS';
}

/** SQLite found the file damaged or shorter than its own header says. */
export class DatabaseCorruptError extends OccupancyError {
  readonly code = 'DATABASE_CORRUPT';
}

/** The path is a directory, a device or a socket. */
export class NotAFileError extends OccupancyError {
  readonly code = 'NOT_A_FILE';
}

/** The file is not a SQLite database. */
export class NotADatabaseError extends OccupancyError {
  readonly code = 'NOT_A_DATABASE';
}

/** The file lies on a network file system, where SQLite's locks and shared memory are not safe. */
export class NetworkMountError extends OccupancyError {
  readonly code = 'NETWORK_MOUNT';
}

/** No snapshot of the database can be had: it is too large, or was never at rest while it was read. */
export class SnapshotError extends OccupancyError {
  readonly code = 'SNAPSHOT';
}

/** The file is a SQLite database, but not one of Area Occupancy Detection, or not one we can read. */
export class SchemaError extends OccupancyError {
  readonly code = 'SCHEMA';
}

/** A write was asked for on something that is open for reading only. */
export class ReadOnlyError extends OccupancyError {
  readonly code = 'READ_ONLY';
}

/** A value that was to be written breaks a rule of the schema; the message names the field. */
export class InvalidDataError extends OccupancyError {
  readonly code = 'INVALID_DATA';
}

/** The disk has no room for what was to be written. */
export class DiskFullError extends OccupancyError {
  readonly code = 'DISK_FULL';
}

/** The plan of a sync is gone: its database was replaced or reopened, or the process that kept it started anew. */
export class PlanLostError extends OccupancyError {
  readonly code = 'PLAN_LOST';
  constructor() {
    super('The preview no longer fits the database, which was opened anew since.', 'Nothing was written. Run Sync again.');
  }
}

/** The file of an export cannot be written there. */
export class ExportError extends OccupancyError {
  readonly code = 'EXPORT';
}

/** A database is to be written where there is a file, which nobody said may be replaced. */
export class TargetExistsError extends OccupancyError {
  readonly code = 'TARGET_EXISTS';
  constructor(path: string) {
    super(`There is a file ${path}.`, 'Choose another name, or say that it is to be replaced.');
  }
}

/** The recorder's database is missing, is none, or is of a schema that cannot be read. */
export class RecorderError extends OccupancyError {
  readonly code = 'RECORDER';
}

/** Home Assistant cannot be reached, ended the connection, or answered with an error. */
export class HomeAssistantError extends OccupancyError {
  readonly code = 'HOME_ASSISTANT';
}

/** Home Assistant does not accept the token. */
export class HomeAssistantAuthError extends OccupancyError {
  readonly code = 'HOME_ASSISTANT_AUTH';
}

/** The database process ended before it answered. */
export class ProcessEndedError extends OccupancyError {
  readonly code = 'PROCESS_ENDED';
}

/** The caller aborted. Not shown to the user. */
export class CancelledError extends OccupancyError {
  readonly code = 'CANCELLED';
  constructor(what: string) {
    super(`${what} was cancelled.`, 'Nothing was changed.');
  }
}

/** A fault we did not foresee, kept apart so that the log shows its stack. */
export class UnexpectedError extends OccupancyError {
  readonly code = 'UNEXPECTED';
}

export function isOccupancyError(error: unknown): error is OccupancyError {
  return error instanceof OccupancyError;
}

/** Any thrown value as one of our errors; an unforeseen one is kept as the cause. */
export function asOccupancyError(error: unknown): OccupancyError {
  if (isOccupancyError(error)) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new UnexpectedError(detail, 'Run Refresh; if it stays, report it with the log.', { cause: error });
}

/** Throws CancelledError when the signal has been aborted. `what` begins the sentence: "Reading intervals". */
export function throwIfAborted(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted) throw new CancelledError(what);
}
