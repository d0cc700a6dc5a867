import type { LanePaint, LaneRows, Surface } from './paintLane';
import type { PixelColumns } from './pixelColumns';

/** A band from the lowest to the highest number of each column, and a line through the means, joined where columns meet. */
export function paintNumbers(
  columns: PixelColumns,
  { colors, scale }: LanePaint,
  { low, high }: { readonly low: number; readonly high: number },
  surface: Surface,
  { top, height }: LaneRows,
): void {
  const line = Math.max(1, Math.round(1.5 * scale));
  const room = height - line;
  // The rows of the highest and the lowest number of the lane; all lie in the middle where there is but one.
  const perUnit = high > low ? room / (high - low) : 0;
  const first = high > low ? top : top + Math.round(room / 2);
  let before = -1;
  for (let column = 0; column < columns.columns; column += 1) {
    if (!columns.hasNumber(column)) {
      before = -1;
      continue;
    }
    const row = first + Math.round((high - (columns.means[column] ?? 0)) * perUnit);
    const upper = first + Math.round((high - (columns.highs[column] ?? 0)) * perUnit);
    const lower = first + Math.round((high - (columns.lows[column] ?? 0)) * perUnit);
    if (upper < lower) fill(surface, column, upper, lower + line, colors.numberRange);
    const joined = before === -1 ? row : before;
    fill(surface, column, Math.min(row, joined), Math.max(row, joined) + line, colors.number);
    before = row;
  }
}

function fill({ pixels, width }: Surface, column: number, from: number, to: number, color: number): void {
  for (let place = from * width + column; place < to * width; place += width) pixels[place] = color;
}
