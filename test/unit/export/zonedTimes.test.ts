import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZonedTimes } from '../../../src/core/export/zonedTimes';
import { utcTextOfMicroseconds } from '../../../src/core/time';

describe('a stored time with its zone', () => {
  it.each([
    ['Europe/Berlin', '2026-11-24 13:05:01.123456', '2026-11-24T14:05:01.123456+01:00'],
    ['Europe/Berlin', '2026-07-01 22:30:00', '2026-07-02T00:30:00.000000+02:00'],
    ['Asia/Kolkata', '2026-11-24 20:00:00.000001', '2026-11-25T01:30:00.000001+05:30'],
    ['America/St_Johns', '2026-11-24 02:00:00', '2026-11-23T22:30:00.000000-03:30'],
    ['UTC', '2026-11-24 13:05:01.5', '2026-11-24T13:05:01.500000+00:00'],
    // The clocks go back: the hour comes twice, and the offset tells which it is.
    ['Europe/Berlin', '2026-10-25 00:30:00', '2026-10-25T02:30:00.000000+02:00'],
    ['Europe/Berlin', '2026-10-25 01:30:00', '2026-10-25T02:30:00.000000+01:00'],
    ['Australia/Lord_Howe', '2026-10-03 15:29:59.999999', '2026-10-04T01:59:59.999999+10:30'],
    ['Australia/Lord_Howe', '2026-10-03 15:30:00', '2026-10-04T02:30:00.000000+11:00'],
  ])('in %s: %s is %s', (timeZone, stored, local) => {
    expect(new ZonedTimes(timeZone).write(stored).local).toBe(local);
  });

  it.each(['now', '', '2026-02-30 10:00:00', '0001-01-01 00:00:00', '9999-12-31 23:59:59.999999'])(
    'stays what it is where it is none, or has no zone: “%s”',
    (stored) => {
      expect(new ZonedTimes('Europe/Berlin').write(stored)).toEqual({ local: stored, utc: stored });
    },
  );

  it('is the same moment both ways, to the microsecond', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia');
    const year = 31_557_600_000_000;
    const moments = fc.array(fc.integer({ min: 40 * year, max: 60 * year }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(zones, moments, (timeZone, list) => {
        const times = new ZonedTimes(timeZone);
        for (const moment of list) {
          const { local, utc } = times.write(utcTextOfMicroseconds(moment));
          const micros = (text: string): number => Date.parse(text) * 1000 + Number(text.slice(23, 26));
          expect(micros(utc)).toBe(moment);
          expect(micros(local)).toBe(moment);
          // As the wall clock says it.
          const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
          expect(local.slice(0, 19).replace('T', ' ')).toBe(wall.format(Math.floor(moment / 1000)));
        }
      }),
    );
  });
});
