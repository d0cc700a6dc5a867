import type { LanePlace, Surface } from './paintLane';

/** Not colour alone tells states apart. Textures lie on the columns' numbers, so they move along with what they are on. */
export const SOLID = 0;
export const STRIPES = 1;
export const DOTS = 2;

/** Whether a pixel is left out; in pixels of CSS, so that it looks the same on every screen. @param column its number in time */
export function isHole(texture: number, column: number, row: number, scale: number): boolean {
  const y = Math.floor(row / scale);
  if (texture === STRIPES) return y % 3 === 2;
  return texture === DOTS && (Math.floor(column / scale) + 2 * y) % 4 === 0;
}

/** Lines from the lower left to the upper right. @param number that of the column in time */
export function hatch(
  { pixels, width }: Surface,
  { left, top, height }: LanePlace,
  column: number,
  number: number,
  scale: number,
  color: number,
): void {
  const period = Math.round(6 * scale);
  const thick = Math.max(1, Math.round(scale));
  const end = top + height;
  // The row, of this lane or above it, in which the first line begins.
  for (let line = top - ((number + top) % period); line < end; line += period) {
    const last = Math.min(end, line + thick);
    for (let row = Math.max(top, line); row < last; row += 1) pixels[row * width + left + column] = color;
  }
}
