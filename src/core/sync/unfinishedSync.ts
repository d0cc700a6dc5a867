import { utcMicroseconds } from '../time';

/**
 * A sync of several chunks leaves this row in `metadata` from its first chunk to its last, committed together with them. An
 * interrupted one is so taken up from its own start: the newest interval, from which AOD starts, has moved on by then.
 */
export const UNFINISHED_SYNC_KEY = 'area_occupancy_inspector_unfinished_sync';

/** The row's value for a sync that started at `start`, naive UTC text. */
export function unfinishedValue(start: string): string {
  return JSON.stringify({ start });
}

/** µs since the epoch; null where the value is none that we write. */
export function unfinishedStart(value: string): number | null {
  try {
    const { start }: { start?: unknown } = JSON.parse(value) ?? {};
    const microseconds = typeof start === 'string' ? utcMicroseconds(start) : Number.NaN;
    return Number.isNaN(microseconds) ? null : microseconds;
  } catch {
    return null;
  }
}
