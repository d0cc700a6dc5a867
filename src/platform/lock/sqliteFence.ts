import Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { LockTimeoutError, RedisError } from '../../core/errors';
import { isSameFile } from '../../core/lock/lockObservation';
import type { FenceRecord } from '../../core/ports/fenceRecord';
import type { FileStatus } from '../../core/ports/lockFiles';
import { fenceSql } from '../../core/sql/fenceSql';
import { nodeLockFiles } from './nodeLockFiles';

interface FenceRow {
  readonly database: string;
  readonly highest: number;
}

interface OpenRecord {
  readonly connection: Database.Database;
  readonly read: Database.Statement<[], FenceRow>;
  readonly raise: Database.Transaction<(database: string, fence: number) => FenceRow>;
  readonly status: FileStatus | undefined;
}

/** ms; another process is inside for microseconds only. */
const BUSY_TIMEOUT = 1000;

/**
 * `<lock>.fence`: one row in a SQLite file of ours alone. It is none of the guard's, which nobody can commit to, since all of ours
 * read it all the time. A transaction of its own makes look and change one step even where the guard binds nobody.
 */
export class SqliteFence implements FenceRecord {
  readonly #path: string;
  #open: OpenRecord | undefined;

  /** @param path of the record */
  constructor(path: string) {
    this.#path = path;
  }

  exists(): boolean {
    return this.#use(() => nodeLockFiles.status(this.#path) !== undefined);
  }

  id(): string {
    return this.#use(() => readRow(this.#present()).database);
  }

  raise(database: string, fence: number): number | undefined {
    return this.#use(() => {
      const before = this.#present().raise.immediate(database, fence);
      return before.database === database ? before.highest : undefined;
    });
  }

  highest(database: string): number | undefined {
    return this.#use(() => {
      const row = readRow(this.#present());
      return row.database === database ? row.highest : undefined;
    });
  }

  close(): void {
    this.#open?.connection.close();
    this.#open = undefined;
  }

  /** The record at the path: one that was replaced or removed since is let go of. */
  #present(): OpenRecord {
    if (this.#open?.status && isSameFile(this.#open.status, nodeLockFiles.status(this.#path))) return this.#open;
    this.close();
    this.#open = this.#connect();
    return this.#open;
  }

  #connect(): OpenRecord {
    const connection = new Database(this.#path, { timeout: BUSY_TIMEOUT });
    try {
      connection.transaction(() => this.#sign(connection)).immediate();
      // From here on a commit changes one row in one page: whatever of it a killed process wrote, the file is whole. After a power
      // loss an older number may be there, when no process lives that knows a newer one.
      connection.pragma('journal_mode = MEMORY');
      connection.pragma('synchronous = OFF');
      const read = connection.prepare<[], FenceRow>(fenceSql.read);
      const write = connection.prepare<[{ fence: number }]>(fenceSql.raise);
      const raise = connection.transaction((database: string, fence: number): FenceRow => {
        const before = readRow({ read });
        if (before.database === database) write.run({ fence });
        return before;
      });
      return { connection, read, raise, status: nodeLockFiles.status(this.#path) };
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Makes a new file a record; throws for a file that is another's. */
  #sign(connection: Database.Database): void {
    if (connection.pragma('application_id', { simple: true }) === fenceSql.applicationId) return;
    if (nodeLockFiles.status(this.#path)?.size !== 0n) throw new Error('it is not a record of ours');
    connection.pragma(`application_id = ${fenceSql.applicationId}`);
    connection.exec(fenceSql.create);
    connection.prepare(fenceSql.insert).run(randomUUID());
  }

  #use<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (isBusy(error)) throw new LockTimeoutError(`another process kept ${this.#path} locked.`, { cause: error });
      const detail = error instanceof Error ? error.message : String(error);
      throw new RedisError(
        `The record of fencing tokens for the Redis lock, ${this.#path}, cannot be used (${detail}).`,
        'Nothing was written. Make its folder writable; if it is damaged, close all windows that use the database and delete it.',
        { cause: error },
      );
    }
  }
}

function readRow({ read }: Pick<OpenRecord, 'read'>): FenceRow {
  const row = read.get();
  if (!row) throw new Error('it is empty');
  return row;
}

/** Its holder is inside for microseconds, unless it was stopped just then. */
function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
