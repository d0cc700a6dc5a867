import { sqlQuery, type SqlStatement } from './sqlQuery';

/** Every table with its columns, one row a column. */
export const tableColumns = sqlQuery<{ readonly table_name: string; readonly column_name: string }>(
  'tableColumns',
  `SELECT m.name AS table_name, c.name AS column_name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`,
);

/** Tables by name, SQLite's own left out. */
export const tableNames = sqlQuery<{ readonly name: string }>(
  'tableNames',
  `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name`,
);

export const databaseVersion = sqlQuery<{ readonly value: string | number | null }>(
  'databaseVersion',
  `SELECT value FROM metadata WHERE key = 'db_version'`,
);

/** `@key`: any row of ours in `metadata`. */
export const metadataValue = sqlQuery<{ readonly value: string | number | null }>(
  'metadataValue',
  'SELECT value FROM metadata WHERE key = @key',
);

/** Only asked, never set: a change of mode would lock out Home Assistant. */
export const journalMode = sqlQuery<{ readonly journal_mode: string }>('journalMode', 'PRAGMA journal_mode');

/** Moves whenever another connection commits. */
export const dataVersion = sqlQuery<{ readonly data_version: number }>('dataVersion', 'PRAGMA data_version');

export const pageCount = sqlQuery<{ readonly page_count: number }>('pageCount', 'PRAGMA page_count');
export const pageSize = sqlQuery<{ readonly page_size: number }>('pageSize', 'PRAGMA page_size');

/** One of the settings below, as a statement. */
export function pragmaStatement(setting: string): SqlStatement {
  return { name: 'pragma', sql: `PRAGMA ${setting}` };
}

/** Run on every reading connection before anything else. */
export const readingPragmas: readonly string[] = ['query_only = 1', 'cache_size = -2048'];

/** Run on the connection that a copy is verified on, which nobody else uses: it reads much, and most of that once. */
export const verifyingPragmas: readonly string[] = ['cache_size = -2048'];

/**
 * Run on every writing connection. Foreign keys stay unenforced, as in AOD (v3's intervals reference a column that is no key);
 * a commit waits for the disk, as AOD's do; and checkpoints are left to Home Assistant's own connections.
 */
export const writingPragmas: readonly string[] = ['foreign_keys = OFF', 'synchronous = FULL', 'wal_autocheckpoint = 0'];

/**
 * Run instead for a sync of a WAL database, which may write hundreds of megabytes. The -wal would grow without bound while Home
 * Assistant does not run: a commit moves it into the database at 128 MB, not at SQLite's 4, which every chunk fills, since what
 * is written time and again is then moved once. And a commit need not wait for the disk: in WAL mode only rows can be lost with
 * the power, never the database, and the next sync adds those again.
 */
export const bulkWritingPragmas: readonly string[] = ['foreign_keys = OFF', 'synchronous = NORMAL', 'wal_autocheckpoint = 32000'];

export const beginRead = { name: 'beginRead', sql: 'BEGIN' };
export const beginWrite = { name: 'beginWrite', sql: 'BEGIN IMMEDIATE' };
export const commit = { name: 'commit', sql: 'COMMIT' };
export const rollback = { name: 'rollback', sql: 'ROLLBACK' };
