import type { ColumnSpan, PixelColumns } from './pixelColumns';
import type { StateLook } from './stateLook';

/** Pixels of a picture, row by row, each as a number that an ImageData holds. */
export interface Surface {
  readonly pixels: Uint32Array;
  readonly width: number;
}

/** Where a lane lies in the picture, in pixels. */
export interface LaneRows {
  readonly top: number;
  readonly height: number;
}

export interface LaneColors {
  /** Of each state of the lane. */
  readonly states: readonly number[];
  readonly number: number;
  /** Between the lowest and the highest number of a column. */
  readonly numberRange: number;
  readonly overlap: number;
  readonly unknown: number;
}

export interface LanePaint {
  /** Of each state of the lane. */
  readonly looks: readonly StateLook[];
  readonly colors: LaneColors;
  /** Lowest and highest number of a lane that is drawn as a line; null for one of states. */
  readonly numbers: { readonly low: number; readonly high: number } | null;
  /** µs of a column. */
  readonly columnTime: number;
  /** The first column and the one after the last in which a gap is one: what is not loaded or in the future is left empty. */
  readonly known: ColumnSpan;
  /** Device pixels of a pixel of CSS. */
  readonly scale: number;
}

/** Heights of what is not active, of the lane's height. */
const REST_HEIGHT = 0.12;
const OTHER_HEIGHT = 0.5;

type Texture = 'solid' | 'stripes' | 'grid';

const textures: Partial<Record<StateLook, Texture>> = { secondary: 'stripes', other: 'grid' };

/** Paints what the columns of a lane hold. What was in the pixels before stays where nothing is painted. */
export function paintLane(columns: PixelColumns, paint: LanePaint, surface: Surface, rows: LaneRows): void {
  for (let column = 0; column < columns.columns; column += 1) {
    const active = longest(columns, column, paint.looks, isActiveLook);
    const passive = longest(columns, column, paint.looks, isPassiveLook);
    const isNumber = paint.numbers !== null && !Number.isNaN(columns.means[column] ?? Number.NaN);
    const isHidden = active === -1 && passive === -1 && longest(columns, column, paint.looks, isHiddenLook) !== -1;
    const isKnown = active !== -1 || passive !== -1 || isNumber || isHidden;
    if (!isKnown && column >= paint.known.first && column < paint.known.end)
      hatch(surface, rows, column, paint, paint.colors.unknown);
    if (passive !== -1 && !isNumber) paintPassive(surface, rows, column, passive, paint);
    if (active !== -1) paintActive(surface, rows, column, active, activeHeight(columns, column, paint, rows), paint);
    if (columns.overlaps[column]) hatch(surface, rows, column, paint, paint.colors.overlap);
  }
  if (paint.numbers) paintNumbers(columns, paint, surface, rows, paint.numbers);
}

function isActiveLook(look: StateLook): boolean {
  return look === 'active' || look === 'secondary';
}

function isPassiveLook(look: StateLook): boolean {
  return look === 'rest' || look === 'other' || look === 'missing';
}

function isHiddenLook(look: StateLook): boolean {
  return look === 'hidden';
}

/** Of the states that look so, the one that lasted longest in a column; -1 where there is none. */
function longest(
  columns: PixelColumns,
  column: number,
  looks: readonly StateLook[],
  wanted: (look: StateLook) => boolean,
): number {
  let found = -1;
  let most = -1;
  for (let state = 0; state < looks.length; state += 1) {
    const place = state * columns.columns + column;
    if (!columns.marks[place] || !wanted(looks[state] ?? 'rest')) continue;
    const time = columns.times[place] ?? 0;
    if (time > most) [found, most] = [state, time];
  }
  return found;
}

/** Goes with the root of the share of active time, or short motions would not be seen; at least two pixels. */
function activeHeight(
  columns: PixelColumns,
  column: number,
  { looks, columnTime, scale }: LanePaint,
  { height }: LaneRows,
): number {
  let time = 0;
  for (let state = 0; state < looks.length; state += 1)
    if (isActiveLook(looks[state] ?? 'rest')) time += columns.times[state * columns.columns + column] ?? 0;
  return Math.max(Math.min(height, 2 * scale), Math.round(Math.sqrt(Math.min(1, time / columnTime)) * height));
}

function paintActive(surface: Surface, rows: LaneRows, column: number, state: number, height: number, paint: LanePaint): void {
  bar(
    surface,
    rows,
    column,
    height,
    paint.colors.states[state] ?? 0,
    textures[paint.looks[state] ?? 'rest'] ?? 'solid',
    paint.scale,
  );
}

function paintPassive(surface: Surface, rows: LaneRows, column: number, state: number, paint: LanePaint): void {
  const look = paint.looks[state] ?? 'rest';
  const color = paint.colors.states[state] ?? 0;
  if (look === 'missing') {
    hatch(surface, rows, column, paint, color);
    return bar(surface, rows, column, paint.scale, color, 'solid', paint.scale);
  }
  const height = Math.max(paint.scale, Math.round(rows.height * (look === 'rest' ? REST_HEIGHT : OTHER_HEIGHT)));
  bar(surface, rows, column, height, color, textures[look] ?? 'solid', paint.scale);
}

function bar(
  { pixels, width }: Surface,
  { top, height }: LaneRows,
  column: number,
  tall: number,
  color: number,
  texture: Texture,
  scale: number,
): void {
  for (let row = top + height - tall; row < top + height; row += 1) {
    if (texture !== 'solid' && isHole(texture, column, row, scale)) continue;
    pixels[row * width + column] = color;
  }
}

/** Whether a pixel of a texture is left out; in pixels of CSS, so that it looks the same on every screen. */
function isHole(texture: Texture, column: number, row: number, scale: number): boolean {
  const [x, y] = [Math.floor(column / scale), Math.floor(row / scale)];
  return texture === 'stripes' ? y % 3 === 2 : (x + 2 * y) % 4 === 0;
}

/** Lines from the lower left to the upper right. */
function hatch({ pixels, width }: Surface, { top, height }: LaneRows, column: number, { scale }: LanePaint, color: number): void {
  const period = Math.round(6 * scale);
  const thick = Math.max(1, Math.round(scale));
  for (let row = top; row < top + height; row += 1) {
    if ((column + row) % period < thick) pixels[row * width + column] = color;
  }
}

/** A band from the lowest to the highest number of each column, and a line through the means, joined where columns meet. */
function paintNumbers(
  { columns, means, lows, highs }: PixelColumns,
  { colors, scale }: LanePaint,
  surface: Surface,
  rows: LaneRows,
  { low, high }: { readonly low: number; readonly high: number },
): void {
  const line = Math.max(1, Math.round(1.5 * scale));
  const room = rows.height - line;
  const rowOf = (number: number): number =>
    rows.top + Math.round((high > low ? 1 - Math.min(1, Math.max(0, (number - low) / (high - low))) : 0.5) * room);
  let before = -1;
  for (let column = 0; column < columns; column += 1) {
    const mean = means[column] ?? Number.NaN;
    if (Number.isNaN(mean)) {
      before = -1;
      continue;
    }
    fill(surface, column, rowOf(highs[column] ?? mean), rowOf(lows[column] ?? mean) + line, colors.numberRange);
    const row = rowOf(mean);
    const joined = before === -1 ? row : before;
    fill(surface, column, Math.min(row, joined), Math.max(row, joined) + line, colors.number);
    before = row;
  }
}

function fill({ pixels, width }: Surface, column: number, from: number, to: number, color: number): void {
  for (let row = from; row < to; row += 1) pixels[row * width + column] = color;
}
