import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Prior } from '../../../src/core/model';
import { priorsView } from '../../../src/core/priors/priorsView';
import { priorsWeek } from '../../../src/core/priors/priorsWeek';
import { shadeOf, shadeRanges, SHADES } from '../../../src/core/priors/priorScale';
import { Format } from '../../../src/core/format';
import { fullWeek, prior, priorsOf } from './priorsOf';

const NOW = Date.parse('2026-11-24T14:30:00Z');

/** Rows as a database may have them: of any day and hour, there twice, and of numbers that are none. */
const anyRows: fc.Arbitrary<Prior[]> = fc.array(
  fc
    .record({
      day: fc.oneof({ weight: 9, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.constantFrom(-1, 7, 1.5, Number.NaN) }),
      slot: fc.oneof({ weight: 9, arbitrary: fc.nat(23) }, { weight: 1, arbitrary: fc.constantFrom(-1, 24, 47, 0.5) }),
      value: fc.oneof(
        { weight: 9, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
        { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0.2, 3, 'often' as unknown as number) },
      ),
    })
    .map(({ day, slot, value }) => prior(day, slot, value)),
  { maxLength: 200 },
);

describe('The learned week of an area', () => {
  it('has every row in its cell or counts it as a stray', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const week = priorsWeek(priorsOf('Kitchen', rows));
        expect(week.days.map((cells) => cells.length)).toEqual([24, 24, 24, 24, 24, 24, 24]);
        const cells = week.days.flat();
        const learned = cells.filter((cell) => cell.prior !== null);
        expect(learned.length).toBe(week.learned);
        expect(week.learned + week.strays).toBe(rows.length);
        cells.forEach((cell, index) => {
          expect([cell.day, cell.slot]).toEqual([Math.floor(index / 24), index % 24]);
          const own = rows.find(({ dayOfWeek, timeSlot }) => dayOfWeek === cell.day && timeSlot === cell.slot);
          expect(cell.prior).toBe(own ?? null);
          if (cell.value !== null) expect(cell.value >= 0 && cell.value <= 1).toBe(true);
          if (own && own.priorValue >= 0 && own.priorValue <= 1) expect(cell.value).toBe(own.priorValue);
        });
      }),
    );
  });

  it('tells what was learned to be one half from what was not learned', () => {
    const [monday = []] = priorsWeek(priorsOf('Kitchen', [prior(0, 3, 0.5)])).days;
    expect(monday.slice(2, 4).map(({ value, prior: own }) => [value, own !== null])).toEqual([
      [null, false],
      [0.5, true],
    ]);
  });

  it('is empty where nothing was learned', () => {
    const week = priorsWeek(priorsOf('Attic', [], { overall: null }));
    expect(week).toMatchObject({ learned: 0, strays: 0, overall: null });
    expect(priorsView([priorsOf('Attic', [])], NOW, 'UTC').top).toBe(0.1);
  });
});

describe('A view of priors', () => {
  it('has the difference of two areas where both have learned', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (left, right) => {
        const { weeks, differences, top } = priorsView([priorsOf('A', left), priorsOf('B', right)], NOW, 'UTC');
        const [first, second] = weeks.map(({ days }) => days.flat());
        differences?.flat().forEach((difference, index) => {
          const [from, to] = [first?.[index]?.value ?? null, second?.[index]?.value ?? null];
          expect(difference).toBe(from === null || to === null ? null : to - from);
        });
        expect(differences?.flat()).toHaveLength(168);
        const values = [...(first ?? []), ...(second ?? [])].map(({ value }) => value ?? 0);
        expect(Math.max(...values)).toBeLessThanOrEqual(top);
      }),
    );
    expect(priorsView([priorsOf('A', [])], NOW, 'UTC').differences).toBeNull();
  });

  it('marks the hour that it is, by the clock that was learned by', () => {
    const rows = fullWeek(() => 0.3);
    expect(priorsView([priorsOf('A', rows)], NOW, 'Asia/Kolkata').now).toEqual({ day: 1, slot: 20 });
    expect(priorsView([priorsOf('A', rows, { clock: 'utc' })], NOW, 'Asia/Kolkata').now).toEqual({ day: 1, slot: 14 });
  });

  it('has the smallest scale that all values fit on, for both areas alike', () => {
    const top = (...values: number[]): number =>
      priorsView([priorsOf('A', [prior(0, 0, values[0] ?? 0)]), priorsOf('B', [prior(0, 0, values[1] ?? 0)])], NOW, 'UTC').top;
    expect([top(0.05, 0.1), top(0.17, 0.05), top(0.2, 0.21), top(0.03, 0.9), top(1, 0)]).toEqual([0.1, 0.2, 0.5, 1, 1]);
  });
});

describe('The shades of a scale', () => {
  it('go with the value, and each is what the legend says of it', () => {
    const format = new Format('en-GB', 'UTC');
    expect(shadeRanges(0.2, format)).toEqual(['0% – 4%', '4% – 8%', '8% – 12%', '12% – 16%', '16% – 20%']);
    for (const top of [0.1, 0.2, 0.5, 1])
      for (let percent = 0; percent <= top * 100; percent += 1) {
        const shade = shadeOf(percent / 100, top);
        const [low, high] = [(shade * top * 100) / SHADES, ((shade + 1) * top * 100) / SHADES].map(Math.round);
        expect(percent >= (low ?? 0) && percent <= (high ?? 0), `${percent} % on ${top}`).toBe(true);
      }
  });
});
