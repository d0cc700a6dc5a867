import Database from 'better-sqlite3';
import type { Guard, GuardProbe, GuardTake } from '../../core/ports/guard';
import type { FileStatus } from '../../core/ports/lockFiles';
import { isSameFile } from '../../core/lock/lockObservation';
import { guardSql } from '../../core/sql/guardSql';
import { nodeLockFiles, requireWritableFile } from './nodeLockFiles';

interface OpenGuard {
  readonly database: Database.Database;
  readonly begin: Database.Statement;
  readonly rollback: Database.Statement;
  /** A read that never ends, so that taking and freeing is one lock of the kernel each, and not the seven of a new transaction. */
  readonly reading: IterableIterator<unknown>;
  readonly status: FileStatus | undefined;
}

/**
 * `<lock>.guard`: a SQLite file of ours alone, whose write transaction is the lock. SQLite is used only for the kernel
 * lock under it, which no Node API offers: it frees itself at SIGKILL, and a cycle costs about 6 µs. Nobody ever opens
 * this file but SQLite (a close by `fs` in this process would cancel the lock), and nobody deletes it.
 */
export class SqliteGuard implements Guard {
  readonly #path: string;
  #open: OpenGuard | undefined;
  #isHeld = false;

  constructor(path: string) {
    this.#path = path;
  }

  take(): GuardTake {
    try {
      this.#open ??= this.#connect();
      if (!this.#open) return 'unusable';
      this.#open.begin.run();
      this.#isHeld = true;
      return 'taken';
    } catch (error) {
      return isBusy(error) ? 'busy' : 'unusable';
    }
  }

  free(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    try {
      this.#open?.rollback.run();
    } catch {
      // Closing the connection lets go of the kernel's lock too.
      this.close();
    }
  }

  isGenuine(): boolean {
    const status = this.#open?.status;
    return status !== undefined && isSameFile(status, this.#present());
  }

  inode(): bigint | undefined {
    return (this.#isHeld ? this.#open?.status : this.#present())?.inode;
  }

  reopen(): void {
    this.free();
    this.close();
  }

  probe(): GuardProbe {
    const status = this.#status();
    if (!status) return 'absent';
    if (status.kind !== 'file') return 'unusable';
    let database: Database.Database | undefined;
    try {
      database = new Database(this.#path, { fileMustExist: true, timeout: 0 });
      if (!this.#isSigned(database)) return 'unusable';
      // Only a writer is refused by a writer. Nothing is written, and it is free again some microseconds later.
      database.exec(guardSql.take);
      database.exec(guardSql.free);
      return 'free';
    } catch (error) {
      return isBusy(error) ? 'busy' : 'unusable';
    } finally {
      database?.close();
    }
  }

  close(): void {
    this.#open?.reading.return?.();
    this.#open?.database.close();
    this.#open = undefined;
  }

  /** @returns undefined when the path cannot be a guard; throws SQLITE_BUSY while another process holds it */
  #connect(): OpenGuard | undefined {
    const before = this.#status();
    if (before && before.kind !== 'file') return undefined;
    // SQLite would silently open a file that it may not write, and could then lock nothing.
    if (before) requireWritableFile(this.#path);
    const database = new Database(this.#path, { timeout: 0 });
    try {
      database.pragma('journal_mode = MEMORY');
      const begin = database.prepare(guardSql.take);
      const rollback = database.prepare(guardSql.free);
      begin.run();
      if (!this.#isSigned(database)) {
        // Only a file that is new may become a guard: anything else is another's database.
        if (this.#status()?.size !== 0n) {
          database.close();
          return undefined;
        }
        database.pragma(`application_id = ${guardSql.applicationId}`);
        database.exec(guardSql.sign);
      } else rollback.run();
      // From here on nothing is ever written, so there is nothing to make durable.
      database.pragma('synchronous = OFF');
      // Else better-sqlite3 lets no other statement run beside an open read.
      database.unsafeMode();
      const reading = database.prepare(guardSql.read).iterate();
      reading.next();
      return { database, begin, rollback, reading, status: before ?? this.#status() };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  #isSigned(database: Database.Database): boolean {
    return database.pragma('application_id', { simple: true }) === guardSql.applicationId;
  }

  /** Undefined also when it cannot be told, which proves nothing. */
  #present(): FileStatus | undefined {
    try {
      return this.#status();
    } catch {
      return undefined;
    }
  }

  #status(): FileStatus | undefined {
    return nodeLockFiles.status(this.#path);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
}
