import { describe, expect, it } from 'vitest';
import { pageBounds, requireCount, timeBound } from '../../../src/core/database/timeBounds';
import { InvalidDataError } from '../../../src/core/errors';

describe('a time as a bound', () => {
  it.each([
    ['2026-11-20 09:30:00', '2026-11-20 09:30:00'],
    ['2026-11-20 09:30:00.000000', '2026-11-20 09:30:00'],
    ['2026-11-20 09:30:00.250000', '2026-11-20 09:30:00.25'],
    ['2026-11-20T09:30:10', '2026-11-20 09:30:10'],
    ['2026-11-20 09:30:00.000001', '2026-11-20 09:30:00.000001'],
    ['2026-11-20T09:30:00.250Z', '2026-11-20 09:30:00.25'],
    ['2026-11-20T09:30:00Z', '2026-11-20 09:30:00'],
  ])('%s sorts before every way to write the same moment', (text, bound) => {
    expect(timeBound(text, 'from')).toBe(bound);
    expect(bound <= text.replace('T', ' ')).toBe(true);
  });

  it.each(['', 'now', '2026-11-20', '2026-11-20 09:30:00+02:00', '2026-02-30 09:30:00', "' OR 1=1 --"])(
    '%j is refused',
    (text) => {
      expect(() => timeBound(text, 'from')).toThrow(InvalidDataError);
    },
  );
});

describe('the bounds of a page', () => {
  const after = { id: 7, startTime: '2026-11-20 09:30:00.250000', endTime: '2026-11-20 09:31:00.000000' };

  it('are all of time without any', () => {
    expect(pageBounds({})).toEqual({ from: '', start: '~', end: '', id: 0 });
  });

  it('end at the row of the page before', () => {
    expect(pageBounds({ after, to: '2026-11-21 00:00:00' })).toEqual({
      from: '',
      start: after.startTime,
      end: after.endTime,
      id: 7,
    });
  });

  it('end at `to` where that is earlier', () => {
    const to = '2026-11-20 09:00:00.000000';
    expect(pageBounds({ after, to })).toEqual({ from: '', start: '2026-11-20 09:00:00', end: '', id: 0 });
  });
});

describe('a count', () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('of %d is refused by name', (value) => {
    expect(() => requireCount(value, 'limit')).toThrow(/^limit must be/);
  });
});
