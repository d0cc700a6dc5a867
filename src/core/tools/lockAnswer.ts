import { explainLock } from '../lock/explainLock';
import type { LockInspection } from '../lock/lockInspection';

/** A lock as a model is told of it. */
export function lockAnswer(inspection: LockInspection): object {
  const { headline, meaning, facts } = explainLock(inspection);
  const { path, at, state, dialect, pid, age, ours, evidence } = inspection;
  return {
    lockFile: path,
    lookedAt: new Date(at).toISOString(),
    state,
    dialect,
    writtenByProcess: pid ?? null,
    ageSeconds: age ?? null,
    writtenByThisExtension: ours,
    headline,
    meaning,
    facts,
    evidence,
    ...(state === 'stale' && {
      action: 'The user can run the command “Area Occupancy: Clear Stale Lock…”; no tool removes a lock.',
    }),
  };
}
