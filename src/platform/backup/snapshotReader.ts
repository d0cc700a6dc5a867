import Database from 'better-sqlite3';
import { beginRead, commit, readingPragmas } from '../../core/sql/schemaQueries';
import { SqliteReader } from '../database/sqliteConnection';

/** Pages of one step: some ms to read and write. */
const STEP_PAGES = 1000;

/** A reading connection that can stay in one state of the database while others write, and copy it. */
export class SnapshotReader extends SqliteReader {
  static openSnapshot(path: string): SnapshotReader {
    return new SnapshotReader(new Database(path, { readonly: true, fileMustExist: true, timeout: 50 }), readingPragmas);
  }

  /** From the next read on, all reads see the same state. In WAL mode alone nobody waits for that. */
  begin(): void {
    this.db.exec(beginRead.sql);
  }

  end(): void {
    if (this.db.inTransaction) this.db.exec(commit.sql);
  }

  /** Copies the database into the file `to`, step by step. `onStep` is told the fraction that is copied, 0–1; what it throws ends it. */
  async copy(to: string, onStep: (fraction: number) => void): Promise<void> {
    await this.db.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        onStep(totalPages === 0 ? 0 : 1 - remainingPages / totalPages);
        return STEP_PAGES;
      },
    });
  }
}
