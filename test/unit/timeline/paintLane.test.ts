import { describe, expect, it } from 'vitest';
import { drawnBoxes } from '../../../src/core/timeline/drawnBoxes';
import { LanePainter, type LanePaint } from '../../../src/core/timeline/paintLane';
import { PixelColumns } from '../../../src/core/timeline/pixelColumns';
import { sketchBoxes } from '../../../src/core/timeline/sketchBoxes';
import type { StateLook } from '../../../src/core/timeline/stateLook';
import type { LaneRow } from '../../../src/core/timeline/layLane';
import { layOut } from './laneRows';

const COLUMNS = 10;
const HEIGHT = 8;
const colors = { states: [1, 2], number: 3, numberRange: 4, overlap: 5, unknown: 6 };

/** A lane of ten columns over a thousand µs, each pixel a digit; a row above and below it to be left alone. */
function painted(rows: readonly LaneRow[], looks: readonly StateLook[], more: Partial<LanePaint> = {}): string[] {
  const values = rows.flatMap(({ value }) => (value === null ? [] : [value]));
  const numbers = values.length > 0 ? { low: Math.min(...values), high: Math.max(...values) } : null;
  const scale = { from: 1000, unit: 1, low: numbers?.low ?? null, high: numbers?.high ?? null };
  const columns = new PixelColumns();
  columns.clear(COLUMNS, looks.length);
  columns.add(drawnBoxes(sketchBoxes(layOut(rows), scale), scale), { from: 1000, to: 2000, columns: COLUMNS });
  const surface = { pixels: new Int32Array(COLUMNS * (HEIGHT + 2)), width: COLUMNS };
  const paint = { looks, colors, numbers, columnTime: 100, known: { first: 0, end: COLUMNS }, scale: 1, ...more };
  new LanePainter().paint(columns, paint, surface, { top: 1, height: HEIGHT });
  const digits = Array.from(surface.pixels, (pixel) => pixel || '.');
  return Array.from({ length: HEIGHT + 2 }, (_, line) => digits.slice(line * COLUMNS, (line + 1) * COLUMNS).join(''));
}

function row(start: number, end: number, state: number, value: number | null = null): LaneRow {
  return { start, end, state, value };
}

describe('A painted lane', () => {
  it('has what is active as high as the root of its share, and the rest as a line', () => {
    expect(painted([row(1000, 1300, 0), row(1300, 1325, 1), row(1325, 1500, 0), row(1500, 2000, 1)], ['rest', 'active'])).toEqual(
      [
        '..........',
        '.....22222',
        '.....22222',
        '.....22222',
        '.....22222',
        '...2.22222',
        '...2.22222',
        '...2.22222',
        '1112122222',
        '..........',
      ],
    );
  });

  it('shows a state that lasted no time', () => {
    const lines = painted([row(1000, 1250, 0), row(1250, 1250, 1), row(1250, 2000, 0)], ['rest', 'active']);
    expect(lines.slice(-3)).toEqual(['..2.......', '1121111111', '..........']);
  });

  it('is hatched where nothing is known, but not where it is not loaded or in the future', () => {
    const lines = painted([row(1500, 2000, 0)], ['active'], { known: { first: 2, end: COLUMNS } });
    expect(lines.some((line) => /6/.test(line.slice(2, 5)))).toBe(true);
    expect(lines.every((line) => !/6/.test(line.slice(0, 2)) && !/6/.test(line.slice(5)))).toBe(true);
  });

  it('is hatched where states overlap', () => {
    const lines = painted([row(1000, 1600, 0), row(1200, 1400, 1)], ['active', 'active']);
    expect(lines.some((line) => /5/.test(line.slice(2, 4)))).toBe(true);
    expect(lines.every((line) => !/5/.test(line.slice(4)))).toBe(true);
  });

  it('tells active states apart by a texture too', () => {
    const stripes = painted([row(1000, 2000, 0)], ['secondary'])
      .map((line) => line[5])
      .join('');
    expect(stripes).toMatch(/^\.1?1?\.11\.11/);
    const dots = painted([row(1000, 2000, 0)], ['other']).slice(1, -1);
    expect(dots.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => '..........'));
    expect(dots.slice(4).every((line) => line.includes('1') && line.includes('.'))).toBe(true);
  });

  it('leaves out what is hidden, without taking it for a gap', () => {
    expect(painted([row(1000, 2000, 0)], ['hidden'])).toEqual(Array.from({ length: HEIGHT + 2 }, () => '..........'));
  });

  it('draws numbers as a line that is joined, within the lane', () => {
    const lines = painted([row(1000, 1500, 0, 10), row(1500, 1800, 0, 20), row(1900, 2000, 0, 15)], ['rest']);
    expect(lines[0]).toBe('..........');
    expect(lines.at(-1)).toBe('..........');
    expect(lines[1]).toBe('.....333..');
    expect(lines[8]).toBe('333333....');
    expect(lines.slice(1, 8).map((line) => line[5])).toEqual(['3', '3', '3', '3', '3', '3', '3']);
  });
});
