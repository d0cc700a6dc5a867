import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/core/errors';
import { isBusy, sqliteCode, toOccupancyError } from '../../../src/platform/database/sqliteErrors';

function sqliteError(code: string, message = 'it failed'): Error {
  return Object.assign(new Error(message), { code });
}

describe('a failure of SQLite', () => {
  it.each([
    ['SQLITE_BUSY', 'LOCK_TIMEOUT'],
    ['SQLITE_BUSY_SNAPSHOT', 'LOCK_TIMEOUT'],
    ['SQLITE_BUSY_RECOVERY', 'LOCK_TIMEOUT'],
    ['SQLITE_LOCKED', 'LOCK_TIMEOUT'],
    ['SQLITE_PROTOCOL', 'LOCK_TIMEOUT'],
    ['SQLITE_CORRUPT', 'DATABASE_CORRUPT'],
    ['SQLITE_CORRUPT_INDEX', 'DATABASE_CORRUPT'],
    ['SQLITE_IOERR_SHORT_READ', 'DATABASE_CORRUPT'],
    ['SQLITE_NOTADB', 'NOT_A_DATABASE'],
    ['SQLITE_CANTOPEN', 'DATABASE_ACCESS'],
    ['SQLITE_IOERR_READ', 'DATABASE_ACCESS'],
    ['SQLITE_PERM', 'DATABASE_ACCESS'],
    ['SQLITE_FULL', 'DISK_FULL'],
    ['SQLITE_IOERR_WRITE', 'DISK_FULL'],
    ['SQLITE_IOERR_FSYNC', 'DISK_FULL'],
    ['SQLITE_IOERR_SHMSIZE', 'DISK_FULL'],
    ['SQLITE_READONLY_CANTINIT', 'DATABASE_ACCESS'],
    ['SQLITE_READONLY_DIRECTORY', 'DATABASE_ACCESS'],
    ['SQLITE_READONLY', 'READ_ONLY'],
    ['SQLITE_READONLY_DBMOVED', 'READ_ONLY'],
    ['SQLITE_CONSTRAINT_NOTNULL', 'UNEXPECTED'],
    ['SQLITE_NOMEM', 'UNEXPECTED'],
  ])('%s becomes %s, naming the file, with its cause and a next step', (code, expected) => {
    const cause = sqliteError(code);
    const error = toOccupancyError(cause, '/config/.storage/area_occupancy.db');
    expect(error.code).toBe(expected);
    expect(error.message).toContain('/config/.storage/area_occupancy.db');
    expect(error.nextStep).not.toBe('');
    expect(error.cause).toBe(cause);
  });

  it('about a table that went away becomes SCHEMA', () => {
    expect(toOccupancyError(sqliteError('SQLITE_ERROR', 'no such column: purpose'), 'x.db').code).toBe('SCHEMA');
    expect(toOccupancyError(sqliteError('SQLITE_ERROR', 'near "SELEC": syntax error'), 'x.db').code).toBe('UNEXPECTED');
  });

  it('is told from other errors, which keep their stack or pass through', () => {
    expect(sqliteCode(sqliteError('ENOENT'))).toBeNull();
    expect(isBusy(new Error('SQLITE_BUSY'))).toBe(false);
    const cancelled = new CancelledError('Reading');
    expect(toOccupancyError(cancelled, 'x.db')).toBe(cancelled);
    expect(toOccupancyError('odd', 'x.db').message).toBe('x.db: odd');
  });
});
