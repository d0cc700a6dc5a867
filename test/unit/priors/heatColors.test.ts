import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Manifest {
  readonly contributes: {
    readonly colors: readonly { readonly id: string; readonly defaults: Readonly<Record<string, string>> }[];
  };
}

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as Manifest;

const heat = manifest.contributes.colors.filter(({ id }) => /^areaOccupancy\.heat\d$/.test(id));

/** Background and text of editors in themes that come with VS Code. */
const editors: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  dark: [
    ['#1f1f1f', '#cccccc'],
    ['#1e1e1e', '#d4d4d4'],
    ['#121314', '#bbbebf'],
  ],
  light: [
    ['#ffffff', '#3b3b3b'],
    ['#ffffff', '#202020'],
  ],
  highContrast: [['#000000', '#ffffff']],
  highContrastLight: [['#ffffff', '#292929']],
};

/** Red, green and blue, 0–255, and how opaque, 0–1. */
function channels(color: string): number[] {
  const [red = 0, green = 0, blue = 0, alpha = 255] = (color.slice(1).match(/../g) ?? []).map((pair) =>
    Number.parseInt(pair, 16),
  );
  return [red, green, blue, alpha / 255];
}

function over(color: string, background: string): number[] {
  const [below, above] = [channels(background), channels(color)];
  const alpha = above[3] ?? 1;
  return above.slice(0, 3).map((channel, index) => alpha * channel + (1 - alpha) * (below[index] ?? 0));
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('The colours of a map', () => {
  it('are four, the weakest first', () => {
    expect(heat.map(({ id }) => id.at(-1))).toEqual(['1', '2', '3', '4']);
  });

  it.each(Object.entries(editors))('let numbers be read in a %s theme, and grow stronger', (kind, pairs) => {
    for (const [background, text] of pairs) {
      const shades = heat.map(({ defaults }) => luminance(over(defaults[kind] ?? '', background)));
      const written = luminance(channels(text).slice(0, 3));
      for (const shade of shades) {
        const contrast = (Math.max(shade, written) + 0.05) / (Math.min(shade, written) + 0.05);
        expect(contrast).toBeGreaterThanOrEqual(4.5);
      }
      const away = [luminance(channels(background).slice(0, 3)), ...shades].map((shade) => Math.abs(shade - written));
      expect(away).toEqual(away.toSorted((left, right) => right - left));
      expect(new Set(away).size).toBe(away.length);
    }
  });
});
