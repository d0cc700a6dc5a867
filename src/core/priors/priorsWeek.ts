import type { AreaPriors, GlobalPrior, Prior, SlotClock } from '../model';
import { DAYS, SLOTS } from './weekSlot';

/** What AOD assumes of an hour that it has not learned. */
export const ASSUMED_PRIOR = 0.5;

/** An hour of the week. */
export interface PriorCell {
  /** 0 = Monday */
  readonly day: number;
  /** Hour of the day, 0–23. */
  readonly slot: number;
  /** null where nothing was learned. */
  readonly prior: Prior | null;
  /** What was learned, 0–1; null where nothing was, and where the database has no number. */
  readonly value: number | null;
}

/** The learned week of an area: a heatmap without its colours. */
export interface PriorsWeek {
  readonly areaName: string;
  readonly clock: SlotClock;
  /** Prior of the area as a whole, 0–1; null before it was learned. */
  readonly overall: number | null;
  readonly globalPrior: GlobalPrior | null;
  /** Seven days from Monday on, of 24 cells each. */
  readonly days: readonly (readonly PriorCell[])[];
  /** Cells that were learned. */
  readonly learned: number;
  /** Rows that no cell shows: their day or hour is none of the week's, or another row of that hour came first. */
  readonly strays: number;
}

export function priorsWeek({ areaName, clock, overall, globalPrior, slots }: AreaPriors): PriorsWeek {
  const bySlot = new Map<string, Prior>();
  for (const prior of slots) {
    const key = `${prior.dayOfWeek}/${prior.timeSlot}`;
    if (isOfWeek(prior) && !bySlot.has(key)) bySlot.set(key, prior);
  }
  const days = Array.from({ length: DAYS }, (_, day) =>
    Array.from({ length: SLOTS }, (__, slot): PriorCell => {
      const prior = bySlot.get(`${day}/${slot}`) ?? null;
      return { day, slot, prior, value: prior && probability(prior.priorValue) };
    }),
  );
  return {
    areaName,
    clock,
    overall: probability(overall),
    globalPrior,
    days,
    learned: bySlot.size,
    strays: slots.length - bySlot.size,
  };
}

export function cellOf(
  { days }: PriorsWeek,
  { day, slot }: { readonly day: number; readonly slot: number },
): PriorCell | undefined {
  return days[day]?.[slot];
}

function isOfWeek({ dayOfWeek, timeSlot }: Prior): boolean {
  return isIndex(dayOfWeek, DAYS) && isIndex(timeSlot, SLOTS);
}

function isIndex(value: number, end: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < end;
}

/** SQLite keeps whatever was written to a column of numbers. */
function probability(value: number | null): number | null {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, Number(value))) : null;
}
