import { describe, expect, it } from 'vitest';
import { priorsSvg, type PriorsColours } from '../../../src/core/priors/priorsSvg';
import { priorsView } from '../../../src/core/priors/priorsView';
import { fullWeek, prior, priorsOf, wordsOf } from './priorsOf';

const colours: PriorsColours = {
  background: '#101010',
  foreground: '#eeeeee',
  faint: '#aaaaaa',
  heat: '#6a3fbf',
  more: 'rgb(1, 2, 3)',
  less: 'orange',
  now: 'red',
};
const NOW = Date.parse('2026-11-24T14:30:00Z');
const words = wordsOf('en-GB', 'UTC');

/** Every element with its attributes and text; throws where tags do not nest. */
function elements(svg: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const found = [...svg.matchAll(/<(rect|text) ([^<>]*?)(?:\/>|>([^<>]*)<\/\1>)/g)];
  expect(svg.match(/<(?!\/)/g)).toHaveLength(found.length + 1);
  return found.map(([, name = '', attributes = '', text = '']) => ({
    name,
    attributes: Object.fromEntries(
      [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    ),
    text,
  }));
}

describe('Priors as SVG', () => {
  it('has a rectangle and a number for every hour, as strong as its value, and a frame around now', () => {
    const view = priorsView(
      [
        priorsOf(
          'Kitchen',
          fullWeek((day, slot) => (day * 24 + slot) / 168),
        ),
      ],
      NOW,
      'UTC',
    );
    const all = elements(priorsSvg(view, words, colours));
    const rects = all.filter(({ name, attributes }) => name === 'rect' && attributes['fill'] === colours.heat);
    const cells = rects.filter(({ attributes }) => attributes['stroke']);
    expect(cells.map(({ attributes }) => Number(attributes['fill-opacity']))).toEqual(
      Array.from({ length: 168 }, (_, hour) => Number((hour / 168).toFixed(3))),
    );
    expect(cells.flatMap(({ attributes }, hour) => (attributes['stroke'] === 'red' ? [hour] : []))).toEqual([24 + 14]);
    const numbers = all.filter(({ name, attributes }) => name === 'text' && attributes['fill'] === colours.foreground);
    expect(numbers.slice(1).map(({ text }) => text)).toEqual(
      Array.from({ length: 168 }, (_, hour) => String(Math.round((hour / 168) * 100))),
    );
  });

  it('keeps all inside of its box, and escapes names', () => {
    const names = ['<script>"&\u0000', 'חדר שינה'] as const;
    const view = priorsView([priorsOf(names[0], [prior(0, 0, 0.9)]), priorsOf(names[1], [prior(0, 0, 0.2)])], NOW, 'UTC');
    const svg = priorsSvg(view, words, colours);
    const all = elements(svg);
    const [background] = all;
    const [width, height] = [Number(background?.attributes['width']), Number(background?.attributes['height'])];
    for (const { attributes } of all) {
      expect(Number(attributes['x']) + Number(attributes['width'] ?? 0)).toBeLessThanOrEqual(width);
      expect(Number(attributes['y']) + Number(attributes['height'] ?? 0)).toBeLessThanOrEqual(height);
    }
    expect(all.map(({ text }) => text)).toEqual(expect.arrayContaining(['&lt;script&gt;&quot;&amp;', 'חדר שינה', '−70']));
  });
});
