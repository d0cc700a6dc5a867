// The states an entity goes through, one after the other without a gap, as AOD's sync makes intervals of them.
import type { Random } from './random.mts';

export interface WalkedInterval {
  readonly state: string;
  /** µs since the epoch. */
  readonly start: number;
  readonly end: number;
}

const SECOND = 1_000_000;

interface Numeric {
  readonly base: number;
  readonly step: number;
  readonly digits: number;
  readonly unit: string;
}

export const NUMERIC: Readonly<Record<string, Numeric>> = {
  temperature: { base: 20.5, step: 0.3, digits: 1, unit: '°C' },
  humidity: { base: 48, step: 1.5, digits: 1, unit: '%' },
  illuminance: { base: 180, step: 40, digits: 0, unit: 'lx' },
  co2: { base: 700, step: 45, digits: 0, unit: 'ppm' },
  power: { base: 90, step: 30, digits: 1, unit: 'W' },
  voc: { base: 220, step: 25, digits: 0, unit: 'µg/m³' },
};

/** Per type: each state, and the seconds it lasts at least and at most. */
const STATES: Readonly<Record<string, readonly (readonly [state: string, least: number, most: number])[]>> = {
  motion: [
    ['off', 40, 3600],
    ['on', 5, 420],
  ],
  door: [
    ['off', 600, 14_400],
    ['on', 5, 180],
  ],
  window: [
    ['off', 3600, 40_000],
    ['on', 300, 5400],
  ],
  media: [
    ['off', 1800, 20_000],
    ['playing', 300, 7200],
    ['paused', 20, 900],
    ['idle', 60, 3600],
  ],
  appliance: [
    ['off', 3600, 20_000],
    ['on', 120, 5400],
    ['standby', 60, 3600],
  ],
  cover: [
    ['closed', 10_000, 40_000],
    ['opening', 8, 30],
    ['open', 10_000, 40_000],
    ['closing', 8, 30],
  ],
};

/**
 * Endless walk from `start` (µs). `pace` divides the durations: 2 makes twice as many intervals.
 * Nights are quieter: a state lasts three times as long between 23 and 6 UTC.
 */
export function* walkStates(type: string, start: number, pace: number, random: Random): Generator<WalkedInterval, never> {
  const numeric = NUMERIC[type];
  const cycle = STATES[type] ?? [];
  let value = numeric?.base ?? 0;
  let from = start;
  for (let turn = random.whole(0, 3); ; turn += 1) {
    const [named, least, most] = cycle[turn % (cycle.length || 1)] ?? ['', 300, 3000];
    const hour = Math.floor(from / (3600 * SECOND)) % 24;
    const slow = hour >= 23 || hour < 6 ? 3 : 1;
    const seconds = ((least + (most - least) * random.next() ** 3) * slow) / pace;
    // One change in fifty falls on a whole second.
    const exact = Math.max(5 * SECOND, Math.round(seconds * SECOND));
    const end = random.whole(1, 50) === 1 ? Math.ceil((from + exact) / SECOND) * SECOND : from + exact;
    if (numeric) value += (random.next() - 0.5) * 2 * numeric.step + (numeric.base - value) * 0.05;
    yield { state: numeric ? value.toFixed(numeric.digits) : named, start: from, end };
    from = end;
  }
}

/** µs since the epoch → the text AOD stores: naive UTC with six digits of fraction, `.000000` included. */
export function storedTime(microseconds: number): string {
  const fraction = microseconds % SECOND;
  const seconds = new Date((microseconds - fraction) / 1000).toISOString().slice(0, 19).replace('T', ' ');
  return `${seconds}.${String(fraction).padStart(6, '0')}`;
}
