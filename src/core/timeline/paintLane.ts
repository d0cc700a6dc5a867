import { paintNumbers } from './paintNumbers';
import type { ColumnSpan, PixelColumns } from './pixelColumns';
import type { StateLook } from './stateLook';

/** Pixels of a picture, row by row, each the four bytes that an ImageData holds; signed, since engines are quicker with those. */
export interface Surface {
  readonly pixels: Int32Array;
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

const ACTIVE: ReadonlySet<StateLook> = new Set(['active', 'secondary']);
const PASSIVE: ReadonlySet<StateLook> = new Set(['rest', 'other', 'missing']);
const HIDDEN: ReadonlySet<StateLook> = new Set(['hidden']);

/** Not colour alone tells states apart. */
const SOLID = 0;
const STRIPES = 1;
const DOTS = 2;
const textures: Partial<Record<StateLook, number>> = { secondary: STRIPES, other: DOTS };

/** Columns from which on the engine's own filling is quicker than a loop. */
const LONG_RUN = 24;

/** A bar in each column, from the lower edge of the lane. */
class Bars {
  readonly heights: Int32Array;
  readonly colors: Int32Array;
  readonly textures: Uint8Array;

  constructor(columns: number) {
    this.heights = new Int32Array(columns);
    this.colors = new Int32Array(columns);
    this.textures = new Uint8Array(columns);
  }

  set(column: number, height: number, color: number, look: StateLook | undefined): void {
    this.heights[column] = height;
    this.colors[column] = color;
    this.textures[column] = textures[look ?? 'rest'] ?? SOLID;
  }

  /** Neighbours that are alike are painted together. */
  paint(count: number, { pixels, width }: Surface, { top, height }: LaneRows): void {
    for (let first = 0, end = 1; first < count; first = end, end += 1) {
      const tall = this.heights[first] ?? 0;
      const color = this.colors[first] ?? 0;
      const isAlike = (column: number): boolean => this.heights[column] === tall && (tall === 0 || this.colors[column] === color);
      while (end < count && isAlike(end)) end += 1;
      const below = (top + height) * width;
      for (let place = below - tall * width; place < below; place += width) {
        if (end - first > LONG_RUN) pixels.fill(color, place + first, place + end);
        else for (let column = first; column < end; column += 1) pixels[place + column] = color;
      }
    }
  }
}

/** Paints lanes of columns into a picture. */
export class LanePainter {
  /** Of what is active, and behind it of what is not. Kept, since a frame has no time to make them. */
  #strong = new Bars(0);
  #weak = new Bars(0);

  /** Paints what the columns of a lane hold. What was in the pixels before stays where nothing is painted. */
  paint(columns: PixelColumns, paint: LanePaint, surface: Surface, rows: LaneRows): void {
    if (this.#strong.heights.length < columns.columns) {
      this.#strong = new Bars(columns.columns);
      this.#weak = new Bars(columns.columns);
    }
    this.#layBars(columns, paint, surface, rows);
    // What is active lies over the rest.
    this.#weak.paint(columns.columns, surface, rows);
    this.#strong.paint(columns.columns, surface, rows);
    const isTextured = paint.looks.some((look) => textures[look] !== undefined);
    for (let column = 0; column < columns.columns; column += 1) {
      if (isTextured) this.#texture(column, paint.scale, surface, rows);
      if (columns.overlaps[column]) hatch(surface, rows, column, paint.scale, paint.colors.overlap);
    }
    if (paint.numbers) paintNumbers(columns, paint, paint.numbers, surface, rows);
  }

  /** Decides how high each column is, and hatches those in which nothing is known. */
  #layBars(columns: PixelColumns, paint: LanePaint, surface: Surface, rows: LaneRows): void {
    const { looks, colors, numbers, columnTime, known, scale } = paint;
    const [active, passive, hidden] = [ACTIVE, PASSIVE, HIDDEN].map((wanted) => placesOf(looks, wanted)) as [
      number[],
      number[],
      number[],
    ];
    const heights = looks.map((look) => passiveHeight(look, rows.height, scale));
    const least = Math.min(rows.height, Math.round(2 * scale));
    for (let column = 0; column < columns.columns; column += 1) {
      const strong = columns.longest(column, active);
      this.#strong.heights[column] = 0;
      if (strong !== -1) {
        // With the root of the share of active time, or short motions would not be seen.
        const share = Math.sqrt(Math.min(1, columns.timeIn(column, active) / columnTime));
        this.#strong.set(column, Math.max(least, Math.round(share * rows.height)), colors.states[strong] ?? 0, looks[strong]);
      }
      const isNumber = numbers !== null && columns.hasNumber(column);
      const weak = isNumber ? -1 : columns.longest(column, passive);
      this.#weak.heights[column] = 0;
      if (weak !== -1) {
        const color = colors.states[weak] ?? 0;
        this.#weak.set(column, heights[weak] ?? 0, color, looks[weak]);
        if (looks[weak] === 'missing') hatch(surface, rows, column, scale, color);
      }
      const isGap = strong === -1 && weak === -1 && !isNumber && column >= known.first && column < known.end;
      if (isGap && (hidden.length === 0 || columns.longest(column, hidden) === -1))
        hatch(surface, rows, column, scale, colors.unknown);
    }
  }

  /** Takes out of bars what their textures leave free. */
  #texture(column: number, scale: number, { pixels, width }: Surface, { top, height }: LaneRows): void {
    const tall = this.#strong.heights[column] ?? 0;
    const tallest = Math.max(tall, this.#weak.heights[column] ?? 0);
    const strong = tall > 0 ? (this.#strong.textures[column] ?? SOLID) : SOLID;
    const weak = tallest > tall ? (this.#weak.textures[column] ?? SOLID) : SOLID;
    if (strong === SOLID && weak === SOLID) return;
    for (let left = tallest; left > 0; left -= 1) {
      const row = top + height - left;
      if (isHole(left > tall ? weak : strong, column, row, scale)) pixels[row * width + column] = 0;
    }
  }
}

/** Places of the states that look so. */
function placesOf(looks: readonly StateLook[], wanted: ReadonlySet<StateLook>): number[] {
  return looks.flatMap((look, place) => (wanted.has(look) ? [place] : []));
}

function passiveHeight(look: StateLook, height: number, scale: number): number {
  if (look === 'missing') return Math.max(1, Math.round(scale));
  return Math.max(Math.round(scale), Math.round(height * (look === 'other' ? OTHER_HEIGHT : REST_HEIGHT)));
}

/** Whether a pixel is left out; in pixels of CSS, so that it looks the same on every screen. */
function isHole(texture: number, column: number, row: number, scale: number): boolean {
  const y = Math.floor(row / scale);
  if (texture === STRIPES) return y % 3 === 2;
  return texture === DOTS && (Math.floor(column / scale) + 2 * y) % 4 === 0;
}

/** Lines from the lower left to the upper right. */
function hatch({ pixels, width }: Surface, { top, height }: LaneRows, column: number, scale: number, color: number): void {
  const period = Math.round(6 * scale);
  const thick = Math.max(1, Math.round(scale));
  for (let row = top; row < top + height; row += 1) {
    if ((column + row) % period < thick) pixels[row * width + column] = color;
  }
}
