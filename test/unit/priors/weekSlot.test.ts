import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextUtcStart, slotAt } from '../../../src/core/priors/weekSlot';
import { WeekWords } from '../../../src/core/priors/weekWords';

const at = (text: string): number => Date.parse(text);

describe('The slot of now', () => {
  it('counts days from Monday, by the local clock', () => {
    expect(slotAt(at('2026-11-22T23:30:00Z'), 'local', 'Europe/Berlin')).toEqual({ day: 0, slot: 0 });
    expect(slotAt(at('2026-11-22T23:30:00Z'), 'local', 'America/New_York')).toEqual({ day: 6, slot: 18 });
  });

  it('is by UTC where AOD learned by it', () => {
    expect(slotAt(at('2026-11-22T23:30:00Z'), 'utc', 'Europe/Berlin')).toEqual({ day: 6, slot: 23 });
  });

  it('follows zones of half an hour', () => {
    expect(slotAt(at('2026-11-24T15:29:59Z'), 'local', 'Asia/Kolkata')).toEqual({ day: 1, slot: 20 });
    expect(slotAt(at('2026-11-24T15:30:00Z'), 'local', 'Asia/Kolkata')).toEqual({ day: 1, slot: 21 });
    expect(slotAt(at('2026-11-24T18:15:00Z'), 'local', 'Asia/Kathmandu')).toEqual({ day: 2, slot: 0 });
  });

  it('comes twice where the clocks go back, and is skipped where they go forward', () => {
    const hours = (day: string): number[] =>
      Array.from({ length: 4 }, (_, hour) => slotAt(at(`${day}T0${hour}:10:00Z`) - 3_600_000, 'local', 'Europe/Berlin').slot);
    expect(hours('2026-10-25')).toEqual([1, 2, 2, 3]);
    expect(hours('2026-03-29')).toEqual([0, 1, 3, 4]);
  });

  it('of the UTC week is going on or comes within a week', () => {
    const moments = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') });
    fc.assert(
      fc.property(moments, fc.nat(6), fc.nat(23), (now, day, slot) => {
        const start = nextUtcStart({ day, slot }, now);
        expect(slotAt(start, 'utc', 'Asia/Tokyo')).toEqual({ day, slot });
        expect(start % 3_600_000).toBe(0);
        expect(start).toBeGreaterThan(now - 3_600_000);
        expect(start).toBeLessThanOrEqual(now + 7 * 86_400_000);
      }),
    );
  });
});

describe('The words of a week', () => {
  it.each([
    ['en-US', 'Sun Mon Tue Wed Thu Fri Sat'],
    ['en-GB', 'Mon Tue Wed Thu Fri Sat Sun'],
    ['de', 'Mo Di Mi Do Fr Sa So'],
    ['fa', 'شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه'],
  ])('begin with the first day of the week in %s', (locale, days) => {
    const words = new WeekWords(locale);
    expect(words.order.map((day) => words.shortDay(day)).join(' ')).toBe(days);
    expect(new Set(words.order)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
  });

  it('name hours', () => {
    const words = new WeekWords('en-GB');
    expect(words.longDay(6)).toBe('Sunday');
    expect([words.hours(7), words.hours(23)]).toEqual(['07:00 – 08:00', '23:00 – 00:00']);
  });
});
