import { describe, expect, it } from 'vitest';
import { Format } from '../../src/core/format';

const berlin = new Format('en-GB', 'Europe/Berlin');

describe('Format', () => {
  it.each([
    [0, '0 s'],
    [0.44, '0.4 s'],
    [9.94, '9.9 s'],
    [10, '10 s'],
    [59.6, '1 min'],
    [249, '4 min 9 s'],
    [3600, '1 h'],
    [11_520, '3 h 12 min'],
    [86_399, '23 h 59 min'],
    [90_000, '1 d 1 h'],
  ])('shows %d seconds as %s', (seconds, text) => {
    expect(berlin.duration(seconds)).toBe(text);
  });

  it('shows stored UTC in the local time zone', () => {
    expect(berlin.time('2026-11-20 09:30:00.250000')).toBe('10:30:00');
    expect(new Format('en-GB', 'Asia/Kolkata').time('2026-11-20 19:00:00')).toBe('00:30:00');
    expect(berlin.moment('2026-06-30 23:30:00')).toContain('1 Jul 2026');
  });

  it('shows a calendar day whatever the time zone', () => {
    expect(new Format('en-GB', 'America/Los_Angeles').day('2026-11-20')).toBe('Fri, 20 Nov 2026');
  });

  it('shows a moment of the year, and one with its year', () => {
    expect(berlin.dayTime('2026-11-20 09:30:00.250000')).toBe('20 Nov, 10:30:00');
    expect(berlin.momentOf(Date.UTC(2026, 10, 20, 9, 30))).toBe('20 Nov 2026, 10:30:00');
  });

  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1000, '1 kB'],
    [24_150_016, '24.2 MB'],
    [3.1e9, '3.1 GB'],
    [2e15, '2,000 TB'],
  ])('shows %d bytes as %s', (bytes, text) => {
    expect(berlin.fileSize(bytes)).toBe(text);
  });

  it('marks a count that stopped at its limit', () => {
    expect(berlin.count({ count: 10_000, capped: true })).toBe('10,000+');
    expect(berlin.count({ count: 12, capped: false })).toBe('12');
  });

  it('follows the language', () => {
    expect(new Format('de', 'UTC').percent(0.0402)).toMatch(/^4\s%$/);
    expect(new Format('de', 'UTC').number(0.85)).toBe('0,85');
  });

  it('says ? for what cannot be read, and never throws', () => {
    for (const text of ['', 'now', '2026-13-01 00:00:00', '2026-02-30 00:00:00', null as unknown as string]) {
      expect([berlin.time(text), berlin.moment(text), berlin.dayTime(text)]).toEqual(['?', '?', '?']);
    }
    expect(berlin.day('some day')).toBe('?');
    expect(berlin.timeOf(Number.NaN)).toBe('?');
    expect(berlin.duration(Number.POSITIVE_INFINITY)).toBe('?');
    expect(berlin.duration(Number.NaN)).toBe('?');
    expect(berlin.duration('long' as unknown as number)).toBe('?');
    expect(berlin.duration(-90)).toBe('-90 s');
  });

  it('shows times long before 1970', () => {
    expect(berlin.moment('1066-10-14 09:00:00')).toContain('1066');
  });
});
