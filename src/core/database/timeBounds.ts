import { InvalidDataError } from '../errors';
import type { IntervalQuery } from '../model';
import { utcMilliseconds } from '../time';

/** Sorts after every stored time. */
export const AFTER_ALL_TIMES = '~';
/** Sorts before every stored time. */
export const BEFORE_ALL_TIMES = '';

/** A stored time and nothing behind it but the Z that says what it is: UTC. */
const BOUND = /^[\d-]{10}[ T][\d:]{8}(\.\d{1,6})?Z?$/;

/**
 * A moment as a bound to compare stored times with. Trailing zeros of the fraction go, so that the bound sorts
 * before the moment itself whether that was stored with its fraction or without.
 */
export function timeBound(text: string, field: string): string {
  if (!BOUND.test(text) || Number.isNaN(utcMilliseconds(text))) {
    throw new InvalidDataError(
      `“${text}” is no time for ${field}.`,
      'Give it as UTC in the form YYYY-MM-DD HH:MM:SS.ffffff, the form the database stores.',
    );
  }
  return text
    .replace('T', ' ')
    .replace('Z', '')
    .replace(/\.?0+$/, (zeros) => (text.includes('.') ? '' : zeros));
}

/** The rows of a page lie at or after `from` and before the key (start, end, id). */
export interface PageBounds {
  readonly from: string;
  readonly start: string;
  readonly end: string;
  readonly id: number;
}

export function pageBounds({ from, to, after }: Pick<IntervalQuery, 'from' | 'to' | 'after'>): PageBounds {
  const lower = from === undefined ? BEFORE_ALL_TIMES : timeBound(from, 'from');
  const upper = to === undefined ? AFTER_ALL_TIMES : timeBound(to, 'to');
  if (after && after.startTime < upper) return { from: lower, start: after.startTime, end: after.endTime, id: after.id };
  return { from: lower, start: upper, end: BEFORE_ALL_TIMES, id: 0 };
}

/** Throws InvalidDataError unless `value` is a whole number of at least 1. */
export function requireCount(value: number, field: string): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new InvalidDataError(`${field} must be a whole number of at least 1, not ${String(value)}.`, `Give a larger ${field}.`);
}
