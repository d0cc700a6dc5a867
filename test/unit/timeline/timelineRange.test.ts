import { describe, expect, it } from 'vitest';
import { readAddress, type TimelineAddress, writeAddress } from '../../../src/core/timeline/timelineAddress';
import {
  columnWidth,
  daysOf,
  isDay,
  movedRange,
  rangeBounds,
  type TimelineRange,
} from '../../../src/core/timeline/timelineRange';

const HOUR = 3_600_000_000;

describe('A range of days', () => {
  it.each([
    ['day', '2026-11-19', 'UTC', 24],
    ['day', '2026-03-29', 'Europe/Berlin', 23],
    ['day', '2026-10-25', 'Europe/Berlin', 25],
    ['day', '2026-10-04', 'Australia/Lord_Howe', 23.5],
    ['week', '2026-10-27', 'Europe/Berlin', 169],
    ['fourWeeks', '2026-04-10', 'Europe/Berlin', 671],
  ] as const)('of the length %s to %s in %s has %d hours', (length, day, timeZone, hours) => {
    const { from, to } = rangeBounds({ length, day }, timeZone);
    expect((to - from) / HOUR).toBe(hours);
  });

  it('ends with its day, and moves by as much as it has', () => {
    const week: TimelineRange = { length: 'week', day: '2026-03-02' };
    expect(daysOf(week)).toEqual([
      '2026-02-24',
      '2026-02-25',
      '2026-02-26',
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ]);
    expect(movedRange(week, -1).day).toBe('2026-02-23');
    expect(movedRange({ length: 'fourWeeks', day: '2026-01-05' }, 2).day).toBe('2026-03-02');
    expect(movedRange({ length: 'day', day: '2026-01-01' }, -1).day).toBe('2025-12-31');
  });

  it('has columns that fit on a screen', () => {
    for (const length of ['day', 'week', 'fourWeeks'] as const) {
      const { from, to } = rangeBounds({ length, day: '2026-11-19' }, 'UTC');
      const columns = (to - from) / columnWidth({ length, day: '2026-11-19' });
      expect(columns).toBeGreaterThanOrEqual(72);
      expect(columns).toBeLessThanOrEqual(84);
    }
  });

  it.each(['', 'today', '2026-2-3', '2026-02-30', '0001-01-01', '9999-12-31', '2026-11-19x'])('never ends with “%s”', (text) => {
    expect(isDay(text)).toBe(false);
  });
});

describe('The address of a timeline', () => {
  const addresses: readonly TimelineAddress[] = [
    {
      database: '/config/.storage/area_occupancy.db',
      subject: { areas: ['Büro & Küche = 50 %', 'مطبخ', 'x&area=y'] },
      range: { length: 'day', day: '2026-11-19' },
    },
    { database: 'C:\\HA\\a+b.db', subject: { entity: 'sensor.x' }, range: { length: 'fourWeeks', day: '2024-02-29' } },
  ];

  it.each(addresses)('of $database is read as it was written', (address) => {
    expect(readAddress(writeAddress(address))).toEqual(address);
  });

  it.each([
    '',
    'x',
    'database=a&area=b&range=year&day=2026-11-19',
    'database=a&area=b&range=day&day=2026-02-31',
    'database=a&range=day&day=2026-11-19',
  ])('is not “%s”', (query) => {
    expect(readAddress(query)).toBeUndefined();
  });
});
