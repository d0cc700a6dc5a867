/** The guard of the file lock is a SQLite file of its own; these are all the statements it ever runs. */
export const guardSql = {
  /** Keeps its connection reading until it is ended: two rows, of which only the first is ever asked for. */
  read: 'SELECT 1 FROM (SELECT name FROM sqlite_schema UNION ALL SELECT 1 UNION ALL SELECT 2)',
  take: 'BEGIN IMMEDIATE',
  /** Not COMMIT: that asks for the exclusive lock even where nothing was written, and others of ours read all the time. */
  free: 'ROLLBACK',
  sign: 'COMMIT',
  /** "AOIg": tells our guard from any other database. */
  applicationId: 0x414f4967,
} as const;
