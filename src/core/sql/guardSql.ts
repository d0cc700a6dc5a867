/** The guard of the file lock is a SQLite file of its own; these are all the statements it ever runs. */
export const guardSql = {
  take: 'BEGIN EXCLUSIVE',
  free: 'COMMIT',
  /** "AOIg": tells our guard from any other database. */
  applicationId: 0x414f4967,
} as const;
