import type { Format } from '../format';

/** Shades of a map, the palest first. */
export const SHADES = 5;

/** Which of the shades a value (0–1) has on a scale up to `top`. */
export function shadeOf(value: number, top: number): number {
  // What is rounded to the same percentage has the same shade: 0.3 is a hair below three tenths.
  const share = Math.round((value / top) * 1e6) / 1e6;
  return Math.min(SHADES - 1, Math.floor(share * SHADES));
}

/** What each shade stands for: `0 – 20%`, the palest first. */
export function shadeRanges(top: number, format: Format): readonly string[] {
  const step = top / SHADES;
  return Array.from({ length: SHADES }, (_, shade) => `${format.percent(shade * step)} – ${format.percent((shade + 1) * step)}`);
}
