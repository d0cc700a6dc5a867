import type { SchemaGeneration } from '../database/databaseInfo';
import { DAY_MS, utcMilliseconds } from '../time';
import type { OldestRow, RetentionKind } from './overviewFacts';

/** Days that AOD keeps rows before it sums them up in the next kind or removes them. */
const KEPT: Readonly<Record<SchemaGeneration, Readonly<Record<RetentionKind, number>>>> = {
  current: { raw: 28, daily: 28, weekly: 56, monthly: 5 * 365, samples: 7 },
  // It had nothing but raw intervals then, and removed them after a year.
  legacy: { raw: 365, daily: 0, weekly: 0, monthly: 0, samples: 0 },
};

/** AOD tidies up now and then, and a day's sum is as old as the day's beginning: that long over is no fault, ms. */
const GRACE = 2 * DAY_MS;

export interface Retention {
  readonly kind: RetentionKind;
  readonly keptDays: number;
  /** Start of the oldest, naive UTC; null when there is none. */
  readonly oldest: string | null;
  /** Since when the oldest should have gone, ms since the epoch; null where it may be there. */
  readonly overSince: number | null;
}

/** @param now ms since the epoch */
export function checkRetention({ kind, start }: OldestRow, generation: SchemaGeneration, now: number): Retention {
  const keptDays = KEPT[generation][kind];
  const due = start === null ? Number.NaN : utcMilliseconds(start) + keptDays * DAY_MS;
  return { kind, keptDays, oldest: start, overSince: now - due > GRACE ? due : null };
}
