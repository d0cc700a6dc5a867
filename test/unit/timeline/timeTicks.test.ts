import { describe, expect, it } from 'vitest';
import { Format } from '../../../src/core/format';
import { timeTicks } from '../../../src/core/timeline/timeTicks';

function ticks(from: string, to: string, most: number, timeZone: string): string[] {
  const format = new Format('en-GB', timeZone);
  return timeTicks(Date.parse(`${from}Z`), Date.parse(`${to}Z`), most, timeZone, format).map(
    ({ at, label, isDay }) => `${new Date(at).toISOString().slice(5, 16)} ${isDay ? '= ' : ''}${label}`,
  );
}

describe('Ticks of a time axis', () => {
  it('are hours of the wall clock, and the day where one begins', () => {
    expect(ticks('2026-11-18T20:00', '2026-11-19T14:00', 6, 'Europe/Berlin')).toEqual([
      '11-18T20:00 21:00',
      '11-18T23:00 = 19 Nov',
      '11-19T02:00 03:00',
      '11-19T05:00 06:00',
      '11-19T08:00 09:00',
      '11-19T11:00 12:00',
      '11-19T14:00 15:00',
    ]);
  });

  it('follow the clocks on days of 25 and of 23 hours', () => {
    expect(ticks('2026-10-24T22:00', '2026-10-25T05:00', 8, 'Europe/Berlin')).toEqual([
      '10-24T22:00 = 25 Oct',
      '10-24T23:00 01:00',
      '10-25T00:00 02:00',
      '10-25T01:00 02:00',
      '10-25T02:00 03:00',
      '10-25T03:00 04:00',
      '10-25T04:00 05:00',
      '10-25T05:00 06:00',
    ]);
    expect(ticks('2026-03-28T23:00', '2026-03-29T12:00', 5, 'Europe/Berlin')).toEqual([
      '03-28T23:00 = 29 Mar',
      '03-29T01:00 03:00',
      '03-29T04:00 06:00',
      '03-29T07:00 09:00',
      '03-29T10:00 12:00',
    ]);
  });

  it('follow zones and changes of half an hour', () => {
    expect(ticks('2026-11-18T18:00', '2026-11-19T02:00', 4, 'Asia/Kolkata')).toEqual([
      '11-18T18:30 = 19 Nov',
      '11-18T20:30 02:00',
      '11-18T22:30 04:00',
      '11-19T00:30 06:00',
    ]);
    expect(ticks('2026-10-03T13:00', '2026-10-03T23:00', 4, 'Australia/Lord_Howe')).toEqual([
      '10-03T13:30 = 4 Oct',
      '10-03T16:00 03:00',
      '10-03T19:00 06:00',
      '10-03T22:00 09:00',
    ]);
  });

  it('are days, weeks and months where hours have no room, and stay where they are while the axis moves', () => {
    expect(ticks('2026-11-14T00:00', '2026-11-21T00:00', 8, 'UTC').at(1)).toBe('11-15T00:00 = Sun 15');
    const weeks = ticks('2026-10-23T00:00', '2026-11-20T00:00', 5, 'UTC');
    expect(weeks).toEqual(['10-29T00:00 = 29 Oct', '11-05T00:00 = 5 Nov', '11-12T00:00 = 12 Nov', '11-19T00:00 = 19 Nov']);
    expect(ticks('2026-10-26T00:00', '2026-11-23T00:00', 5, 'UTC')).toEqual(weeks);
    expect(ticks('2025-01-01T00:00', '2026-01-01T00:00', 4, 'UTC').length).toBeLessThanOrEqual(5);
  });

  it('are minutes and seconds where there is room', () => {
    expect(ticks('2026-11-19T11:58:50', '2026-11-19T12:00:10', 6, 'UTC')).toEqual([
      '11-19T11:59 11:59:00',
      '11-19T11:59 11:59:15',
      '11-19T11:59 11:59:30',
      '11-19T11:59 11:59:45',
      '11-19T12:00 12:00:00',
    ]);
    expect(ticks('2026-11-19T11:51', '2026-11-19T12:10', 3, 'Asia/Kathmandu')).toEqual([
      '11-19T11:55 17:40',
      '11-19T12:05 17:50',
    ]);
  });
});
