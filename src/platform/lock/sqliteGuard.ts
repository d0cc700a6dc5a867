import Database from 'better-sqlite3';
import type { Guard, GuardProbe, GuardTake } from '../../core/ports/guard';
import type { FileStatus } from '../../core/ports/lockFiles';
import { isSameFile } from '../../core/lock/lockObservation';
import { guardSql } from '../../core/sql/guardSql';
import { nodeLockFiles, requireWritableFile } from './nodeLockFiles';

interface OpenGuard {
  readonly database: Database.Database;
  readonly begin: Database.Statement;
  readonly commit: Database.Statement;
  readonly status: FileStatus | undefined;
}

/**
 * `<lock>.guard`: a SQLite file of ours alone, whose exclusive transaction is the lock. SQLite is used only for the kernel
 * lock under it, which no Node API offers: it frees itself at SIGKILL, and a cycle costs about 13 µs. Nobody ever opens
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
      this.#open?.commit.run();
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
      database = new Database(this.#path, { readonly: true, fileMustExist: true, timeout: 0 });
      // Any read needs a shared lock, which the holder's exclusive one refuses; nothing is taken or changed.
      return database.pragma('application_id', { simple: true }) === guardSql.applicationId ? 'free' : 'unusable';
    } catch (error) {
      return isBusy(error) ? 'busy' : 'unusable';
    } finally {
      database?.close();
    }
  }

  close(): void {
    this.#open?.database.close();
    this.#open = undefined;
  }

  /** @returns undefined when the path cannot be a guard; throws SQLITE_BUSY while another process holds it */
  #connect(): OpenGuard | undefined {
    const before = this.#status();
    if (before && before.kind !== 'file') return undefined;
    // SQLite would silently open a file that it may not write, and BEGIN EXCLUSIVE would then lock nothing.
    if (before) requireWritableFile(this.#path);
    const database = new Database(this.#path, { timeout: 0 });
    try {
      database.pragma('journal_mode = MEMORY');
      const begin = database.prepare(guardSql.take);
      const commit = database.prepare(guardSql.free);
      begin.run();
      const isOurs = this.#sign(database);
      commit.run();
      if (!isOurs) {
        database.close();
        return undefined;
      }
      // From here on nothing is ever written, so there is nothing to make durable.
      database.pragma('synchronous = OFF');
      return { database, begin, commit, status: before ?? this.#status() };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Marks a new file as ours; false when it is another's database. */
  #sign(database: Database.Database): boolean {
    if (database.pragma('application_id', { simple: true }) === guardSql.applicationId) return true;
    if (this.#status()?.size !== 0n) return false;
    database.pragma(`application_id = ${guardSql.applicationId}`);
    return true;
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
