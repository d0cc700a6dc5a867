/** The record of fencing tokens beside the lock is a SQLite file of its own; these are all the statements it ever runs. */
export const fenceSql = {
  create: 'CREATE TABLE fence (database TEXT NOT NULL, highest INTEGER NOT NULL)',
  insert: 'INSERT INTO fence (database, highest) VALUES (?, 0)',
  read: 'SELECT database, highest FROM fence',
  raise: 'UPDATE fence SET highest = @fence WHERE highest < @fence',
  /** "AOIf": tells our record from any other database. */
  applicationId: 0x414f4966,
} as const;
