import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  addDays,
  DAY_MS,
  dayStart,
  HOUR_MS,
  localDay,
  localTimeZone,
  utcMicroseconds,
  utcMilliseconds,
  utcText,
  utcTextOfMicroseconds,
} from '../../src/core/time';

/** Zones with whole, half and quarter hours, both hemispheres, midnight changes of clocks, and a day that never was. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Havana',
  'America/Asuncion',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Pacific/Kiritimati',
];

const zones = fc.constantFrom(...ZONES);
/** Until then Newfoundland turned its clocks back at 00:01: a minute of the next day came before the last hour of this one. */
const NEWFOUNDLAND_MENDED = Date.UTC(2011, 10, 7);

/** 2005 to 2037. */
const moments = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2037, 0, 1) });

describe('stored time', () => {
  it('keeps microseconds both ways', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 999 }), (ms, microseconds) => {
        const text = utcText(ms + microseconds / 1000);
        expect(text).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{6}$/);
        expect(text.endsWith(String(microseconds).padStart(3, '0'))).toBe(true);
        expect(utcText(utcMilliseconds(text))).toBe(text);
      }),
    );
  });

  it('is exact in whole microseconds, as far as numbers are: from 1684 to 2255', () => {
    const [first, last] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
    expect([first, last].map((microseconds) => utcTextOfMicroseconds(microseconds).slice(0, 4))).toEqual(['1684', '2255']);
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: first, max: last }), fc.integer({ min: -10, max: 10 })), (microseconds) => {
        const text = utcTextOfMicroseconds(microseconds);
        expect(utcMicroseconds(text)).toBe(microseconds);
        expect(new Date(Math.floor(microseconds / 1000)).toISOString().replace('T', ' ').startsWith(text.slice(0, 23))).toBe(
          true,
        );
      }),
    );
  });

  it('sorts as text as it does as time', () => {
    fc.assert(
      fc.property(moments, moments, (left, right) => {
        expect(utcText(left) < utcText(right)).toBe(left < right);
      }),
    );
  });

  it('reads a text without a fraction, and no other text', () => {
    expect(utcMilliseconds('2026-11-20 09:30:00')).toBe(Date.UTC(2026, 10, 20, 9, 30));
    expect(utcMilliseconds('2026-11-20 09:30:00.25')).toBe(Date.UTC(2026, 10, 20, 9, 30, 0, 250));
    for (const text of ['', 'null', '20.11.2026', '2026-11-20']) expect(utcMilliseconds(text)).toBeNaN();
  });

  it('reads no day that the calendar does not have, and the first years as they are', () => {
    for (const text of ['2026-13-01 00:00:00', '2026-02-30 00:00:00', '2026-11-20 24:00:00', '2026-11-20 12:61:00']) {
      expect(utcMilliseconds(text)).toBeNaN();
    }
    expect(utcText(utcMilliseconds('0001-01-01 00:00:00'))).toBe('0001-01-01 00:00:00.000000');
  });
});

describe('local days', () => {
  it('hold the moment, begin at their first one and end where the next begins', () => {
    fc.assert(
      fc.property(moments, zones, (moment, zone) => {
        fc.pre(zone !== 'America/St_Johns' || moment > NEWFOUNDLAND_MENDED);
        const day = localDay(moment, zone);
        const start = dayStart(day, zone);
        expect(start).toBeLessThanOrEqual(moment);
        expect(localDay(start, zone)).toBe(day);
        expect(localDay(start - 1, zone) < day).toBe(true);
        expect(dayStart(addDays(day, 1), zone)).toBeGreaterThan(moment);
      }),
      { numRuns: 2000 },
    );
  });

  it('follow each other without a gap, and last 23 to 25 hours but for the days that a zone left out', () => {
    fc.assert(
      fc.property(moments, zones, (moment, zone) => {
        const day = localDay(moment, zone);
        const length = dayStart(addDays(day, 1), zone) - dayStart(day, zone);
        expect(length).toBeGreaterThanOrEqual(23 * HOUR_MS);
        expect(length).toBeLessThanOrEqual(25 * HOUR_MS);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', 23],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z', 25],
    // Clocks went from 24:00 to 1:00: the day begins at 1:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z', 23],
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00Z', 23],
    // Clocks went back at 1:00 to 0:00: midnight came twice, and the day begins at the first.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z', 25],
    // Half an hour of daylight saving.
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00Z', 24.5],
  ])('in %s, %s begins at %s', (zone, day, start, hours) => {
    expect(new Date(dayStart(day, zone)).toISOString()).toBe(new Date(start).toISOString());
    expect(dayStart(addDays(day, 1), zone) - dayStart(day, zone)).toBe(hours * HOUR_MS);
  });

  it('a day that a zone left out begins where the next does', () => {
    // Samoa crossed the date line: 2011-12-30 did not take place.
    expect(dayStart('2011-12-30', 'Pacific/Apia')).toBe(dayStart('2011-12-31', 'Pacific/Apia'));
    expect(localDay(dayStart('2011-12-31', 'Pacific/Apia') - 1, 'Pacific/Apia')).toBe('2011-12-29');
    expect(dayStart('2011-12-31', 'Pacific/Apia') - dayStart('2011-12-29', 'Pacific/Apia')).toBe(DAY_MS);
  });
});

describe('the time zone of this computer', () => {
  afterEach(() => void vi.unstubAllEnvs());

  it.each([
    ['Asia/Tokyo', 'Asia/Tokyo'],
    ['', 'UTC'],
    ['Nowhere/At All', 'UTC'],
  ])('with TZ=%s is %s', (TZ, zone) => {
    vi.stubEnv('TZ', TZ);
    expect(localTimeZone()).toBe(zone);
  });
});
