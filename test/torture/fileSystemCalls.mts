/** The calls by which the lock changes, or looks at, what is at its path. */
export const LOCK_CALLS = [
  'lstatSync',
  'openSync',
  'fstatSync',
  'readSync',
  'writeSync',
  'fchmodSync',
  'closeSync',
  'renameSync',
  'linkSync',
  'unlinkSync',
] as const;
