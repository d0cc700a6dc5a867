import { describe, expect, it } from 'vitest';
import * as errors from '../../../src/core/errors';
import { recorderError } from '../../../src/platform/sync/recorderErrors';

describe('a failure to read the recorder', () => {
  it.each([
    new errors.DatabaseMissingError('There is no file.', 'Check the path.'),
    new errors.DatabaseEmptyError('It is empty.', 'Restore area_occupancy.db.backup.'),
    new errors.DatabaseAccessError('This user may not read it.', 'Check who may.'),
    new errors.DatabaseCorruptError('It is damaged.', 'Restore area_occupancy.db.backup.'),
    new errors.NotAFileError('It is a directory.', 'Open area_occupancy.db.'),
    new errors.NotADatabaseError('It is no database.', 'Open area_occupancy.db.'),
    new errors.NetworkMountError('It lies on a network mount.', 'Open a copy.'),
  ])('keeps what happened and says what else to do: $code', (cause) => {
    const error = recorderError(cause, '/config/home-assistant_v2.db');
    expect(error).toBeInstanceOf(errors.RecorderError);
    expect(error.cause).toBe(cause);
    expect(error.message).toContain(cause.message);
    expect(error.nextStep).toMatch(/^[A-Z].*WebSocket.*\.$/);
    expect(error.nextStep).not.toContain('area_occupancy');
  });

  it('that was foreseen, or asked for, stays what it is', () => {
    for (const error of [new errors.RecorderError('It is old.', 'Update.'), new errors.CancelledError('The sync')]) {
      expect(recorderError(error, 'x')).toBe(error);
    }
  });
});
