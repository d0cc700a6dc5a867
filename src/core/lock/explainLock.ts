import { redisFacts } from './explainRedis';
import type { LockDialect, LockInspection } from './lockInspection';

export interface LockExplanation {
  /** One clause, without a full stop: "The lock is stale". */
  readonly headline: string;
  /** What that means for the user, and what to do. */
  readonly meaning: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

const dialects: Readonly<Record<LockDialect, string>> = {
  none: 'none',
  marker: 'pid:time (AOD of September 2025, this extension)',
  pid: 'pid (migrations of AOD 2025.8)',
  flock: 'filelock (AOD 2025.10 to 2025.11)',
  soft: 'filelock soft lock (pid and host)',
  unknown: 'unknown',
};

/** A lock inspection in words for the user. */
export function explainLock(inspection: LockInspection): LockExplanation {
  return { ...sentences(inspection), facts: lockFacts(inspection) };
}

function sentences({ state, ours }: LockInspection): Omit<LockExplanation, 'facts'> {
  switch (state) {
    case 'free':
      return { headline: 'The lock is free', meaning: 'There is no lock file, so there is nothing to clear.' };
    case 'held':
      return {
        headline: 'The lock is held',
        meaning: ours
          ? 'A window of this extension is writing; the lock is released when it is done.'
          : 'It is in use, or too young to be given up. It is not removed; wait until its holder is done.',
      };
    case 'stale':
      return {
        headline: 'The lock is stale',
        meaning:
          'Whoever wrote it no longer renews it. Its writer may run in another container, where its process cannot be seen from here. Removing it lets waiting writers go on; the database itself is not touched.',
      };
    case 'leftover':
      return {
        headline: 'The lock file is a leftover',
        meaning:
          'filelock leaves this empty file behind when it releases the lock, so the file alone does not say that anybody holds it, and it is not removed. Reading works; writes rest on the locks of SQLite.',
      };
    case 'foreign':
      return {
        headline: 'The lock path holds something else',
        meaning:
          'What lies there was not written as a lock of Area Occupancy Detection, so it is not touched. Look at it, and move it away if you know that nobody needs it.',
      };
  }
}

function lockFacts({ dialect, pid, age, redis }: LockInspection): LockExplanation['facts'] {
  return [
    { name: 'Kind', value: dialects[dialect] },
    ...(pid === undefined ? [] : [{ name: 'Written by process', value: String(pid) }]),
    ...(age === undefined ? [] : [{ name: 'Last renewed', value: `${roughAge(age)} ago` }]),
    ...(redis ? redisFacts(redis) : []),
  ];
}

/** Seconds in the one unit that fits, for a text that is to stand still while it is read. */
export function roughAge(seconds: number): string {
  if (seconds < 120) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
