import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AreaPriors } from '../../../src/core/model';
import { plotPriors } from '../../../src/core/priors/plotPriors';
import { CELL_WIDTH, placeOfSlot, type PriorsPlot, slotAtPlace } from '../../../src/core/priors/priorsPlot';
import { priorsView } from '../../../src/core/priors/priorsView';
import { fullWeek, prior, priorsOf, wordsOf } from './priorsOf';

const NOW = Date.parse('2026-11-24T14:30:00Z');

function plot(areas: readonly [AreaPriors, AreaPriors?], locale = 'en-GB', timeZone = 'Europe/Berlin'): PriorsPlot {
  return plotPriors(priorsView(areas, NOW, timeZone), wordsOf(locale, timeZone), 'Keys: …');
}

/** The four characters of an hour. */
function cell({ text, maps }: PriorsPlot, map: number, day: number, slot: number): string {
  const { line, start, order } = maps[map]!;
  const row = text.split('\n')[line + order.indexOf(day)] ?? '';
  return row.slice(start + slot * CELL_WIDTH, start + (slot + 1) * CELL_WIDTH).padEnd(CELL_WIDTH);
}

describe('The learned week as text', () => {
  const kitchen = priorsOf('Kitchen', [prior(0, 0, 0.031), prior(1, 15, 0.174), prior(1, 16, 0.5), prior(6, 23, 0)]);

  it('has what is to be said of the area, a line a day with the hour that it is marked, and a legend', () => {
    const lines = plot([kitchen]).text.split('\n');
    expect(lines.slice(0, 9)).toEqual([
      'Kitchen',
      'Overall prior 4%.',
      'Now, Tuesday, 15:00 – 16:00: 17.4%.',
      'Hours of the week learned: 4 of 168.',
      '',
      '     00  01  02  03  04  05  06  07  08  09  10  11  12  13  14 ▼15  16  17  18  19  20  21  22  23',
      'Mon ▁ 3  ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·',
      'Tue  ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·  ▂17◄█50  ·   ·   ·   ·   ·   ·   ·',
      'Wed  ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·',
    ]);
    expect(lines.slice(12)).toEqual([
      'Sun  ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·  ▁ 0',
      '',
      'Prior: ▁   0% – 10%  ▂   10% – 20%  ▄   20% – 30%  ▆   30% – 40%  █   40% – 50%  · not learned',
      'Hours are by the clock of Europe/Berlin (UTC+1), which is taken to be Home Assistant’s.',
      'Keys: …',
      '',
    ]);
  });

  it('gives each shade its colour, and none to what was not learned', () => {
    const { spans, maps } = plot([kitchen]);
    const kindAt = (day: number, slot: number): string[] => {
      const { line, start, order } = maps[0]!;
      const place = start + slot * CELL_WIDTH;
      const found = spans.filter((span) => span.line === line + order.indexOf(day) && span.start <= place && place < span.end);
      return found.map(({ kind }) => kind);
    };
    expect([kindAt(0, 0), kindAt(1, 15), kindAt(1, 16), kindAt(2, 5)]).toEqual([
      ['heat0', 'bar'],
      ['heat1', 'bar'],
      ['heat4', 'bar'],
      ['unknown'],
    ]);
  });

  it('says so where nothing was learned, and where rows cannot be shown', () => {
    const { text } = plot([priorsOf('Attic', [prior(9, 0, 0.1)], { overall: null })]);
    expect(text).toContain('The area as a whole has no learned prior yet.');
    expect(text).toContain('No hour of the week was learned yet.');
    expect(text).toContain('1 row is not shown: the day or hour is none of the week, or is there twice.');
    expect(plot([priorsOf('Attic', [prior(1, 15, 'often' as unknown as number)])]).text).toContain(' ?  '.trimEnd());
  });

  it('has two areas below each other, and their difference', () => {
    const other = priorsOf('Büro', [prior(1, 15, 1), prior(1, 16, 0.08), prior(6, 23, 0.001)]);
    const drawn = plot([kitchen, other]);
    expect(drawn.maps.map(({ area }) => area)).toEqual([0, 1, null]);
    expect([cell(drawn, 0, 1, 15), cell(drawn, 1, 1, 15), cell(drawn, 2, 1, 15)]).toEqual(['▁17◄', '100◄', '+83◄']);
    expect([cell(drawn, 2, 1, 16), cell(drawn, 2, 6, 23), cell(drawn, 2, 0, 0)]).toEqual(['−42 ', '  0 ', ' ·  ']);
    expect(drawn.text).toContain('Percentage points by which Büro is above (+) or below (−) Kitchen.');
  });

  it('tells which hour is at a place', () => {
    const drawn = plot([kitchen, kitchen], 'en-US');
    const { line, character } = placeOfSlot(drawn, { day: 6, slot: 23 });
    expect(slotAtPlace(drawn, line, character)).toMatchObject({ map: { area: 0 }, slot: { day: 6, slot: 23 } });
    drawn.maps.forEach((map) => {
      map.order.forEach((day, row) => {
        for (let slot = 0; slot < 24; slot += 1)
          for (let unit = 0; unit < CELL_WIDTH; unit += 1)
            expect(slotAtPlace(drawn, map.line + row, map.start + slot * CELL_WIDTH + unit)).toEqual({
              map,
              slot: { day, slot },
            });
      });
      expect(slotAtPlace(drawn, map.line, map.start - 1)).toBeUndefined();
      expect(slotAtPlace(drawn, map.line, map.start + 24 * CELL_WIDTH)).toBeUndefined();
      expect(slotAtPlace(drawn, map.line - 1, map.start)).toBeUndefined();
      expect(slotAtPlace(drawn, map.line + 7, map.start)).toBeUndefined();
    });
  });

  it('has the number of every hour in its cell, in any language', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 168, maxLength: 168 });
    fc.assert(
      fc.property(values, fc.constantFrom('en-US', 'de', 'fr', 'ru', 'zh-cn', 'ja', 'tr', 'cs'), (all, locale) => {
        const drawn = plot(
          [
            priorsOf(
              'A',
              fullWeek((day, slot) => all[day * 24 + slot] ?? 0),
            ),
          ],
          locale,
        );
        all.forEach((value, hour) => {
          const digits = /\d+/.exec(cell(drawn, 0, Math.floor(hour / 24), hour % 24))?.[0];
          expect(Number(digits)).toBe(Math.round(value * 100));
        });
        expect(Math.max(...drawn.text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(106);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps names to their line', () => {
    const { text } = plot([priorsOf('of two\nlines \u202Eturned', []), priorsOf('חדר'.repeat(99), [])]);
    expect(text.split('\n')[0]).toBe('of two lines  turned');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(106);
  });
});
