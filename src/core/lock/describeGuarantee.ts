import type { LockGuarantee } from './lock';

const TEXTS: Readonly<Record<LockGuarantee, string>> = {
  'kernel+marker': 'the guard of the kernel and the lock file',
  marker: 'the lock file alone, since the guard beside it cannot be used',
  'sqlite-only': "SQLite's own write lock alone, since the lock file cannot be used",
};

/** What the latest use of a lock really rested on, for the user. @param guarantee null while there was none */
export function describeGuarantee(guarantee: LockGuarantee | null): string {
  return guarantee === null ? 'not used by this window yet' : `${TEXTS[guarantee]} (${guarantee})`;
}
