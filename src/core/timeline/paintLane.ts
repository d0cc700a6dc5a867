import { Bars } from './bars';
import { ColumnChoice } from './columnChoice';
import { paintNumbers } from './paintNumbers';
import { type ColumnSpan, LEAD, type PixelColumns } from './pixelColumns';
import type { StateLook } from './stateLook';
import { DOTS, hatch, isHole, SOLID, STRIPES } from './textures';

/** Pixels of a picture, row by row, each the four bytes that an ImageData holds; signed, since engines are quicker with those. */
export interface Surface {
  readonly pixels: Int32Array;
  readonly width: number;
}

/** Where a lane lies in the picture, in pixels. */
export interface LanePlace {
  /** Of its first column, which is not painted. */
  readonly left: number;
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
  /** Number of the first column in time: textures go with it. */
  readonly first: number;
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

const textures: Partial<Record<StateLook, number>> = { secondary: STRIPES, other: DOTS };

/** Paints lanes of columns into a picture. What it needs room for it keeps, since a frame has no time to make it. */
export class LanePainter {
  readonly #active = new ColumnChoice();
  readonly #passive = new ColumnChoice();
  readonly #hidden = new ColumnChoice();
  /** Of what is active, and behind it of what is not. */
  #strong = new Bars(0);
  #weak = new Bars(0);

  /** Paints what the columns of a lane hold, but for the first. What was in the pixels before stays where nothing is painted. */
  paint(columns: PixelColumns, paint: LanePaint, surface: Surface, place: LanePlace): void {
    const count = columns.columns;
    if (this.#strong.heights.length < count) {
      this.#strong = new Bars(count);
      this.#weak = new Bars(count);
    }
    this.#active.choose(columns, placesOf(paint.looks, ACTIVE));
    this.#passive.choose(columns, placesOf(paint.looks, PASSIVE));
    this.#hidden.choose(columns, placesOf(paint.looks, HIDDEN));
    this.#layStrong(count, paint, place);
    this.#layWeak(columns, paint, place);
    this.#hatchGaps(columns, paint, surface, place);
    // What is active lies over the rest.
    this.#weak.paint(LEAD, count, surface, place);
    this.#strong.paint(LEAD, count, surface, place);
    if (paint.looks.some((look) => textures[look] !== undefined)) this.#texture(count, paint, surface, place);
    for (let column = LEAD; column < count; column += 1)
      if (columns.overlaps[column]) hatch(surface, place, column, paint.first + column, paint.scale, paint.colors.overlap);
    if (paint.numbers) paintNumbers(columns, paint, paint.numbers, surface, place);
  }

  #layStrong(count: number, { colors, columnTime, scale }: LanePaint, { height }: LanePlace): void {
    const { states, sums } = this.#active;
    const bars = this.#strong;
    const least = Math.min(height, Math.round(2 * scale));
    for (let column = LEAD; column < count; column += 1) {
      const state = states[column] ?? -1;
      bars.heights[column] = 0;
      bars.colors[column] = 0;
      if (state === -1) continue;
      // With the root of the share of active time, or short motions would not be seen.
      const share = Math.sqrt(Math.min(1, (sums[column] ?? 0) / columnTime));
      bars.heights[column] = Math.max(least, Math.round(share * height));
      bars.colors[column] = colors.states[state] ?? 0;
    }
  }

  #layWeak(columns: PixelColumns, { looks, colors, numbers, scale }: LanePaint, { height }: LanePlace): void {
    const { states } = this.#passive;
    const bars = this.#weak;
    const heights = looks.map((look) => passiveHeight(look, height, scale));
    for (let column = LEAD; column < columns.columns; column += 1) {
      // A number is drawn as a line.
      if (numbers !== null && columns.hasNumber(column)) states[column] = -1;
      const state = states[column] ?? -1;
      bars.heights[column] = 0;
      bars.colors[column] = 0;
      if (state === -1) continue;
      bars.heights[column] = heights[state] ?? 0;
      bars.colors[column] = colors.states[state] ?? 0;
    }
  }

  /** Hatches where nothing is known, by us or by Home Assistant. */
  #hatchGaps(columns: PixelColumns, paint: LanePaint, surface: Surface, place: LanePlace): void {
    const { looks, colors, numbers, known, first, scale } = paint;
    const hasMissing = looks.includes('missing');
    const [from, end] = hasMissing ? [LEAD, columns.columns] : [Math.max(LEAD, known.first), known.end];
    for (let column = from; column < end; column += 1) {
      const weak = this.#passive.states[column] ?? -1;
      if (weak !== -1) {
        if (looks[weak] === 'missing') hatch(surface, place, column, first + column, scale, colors.states[weak] ?? 0);
        continue;
      }
      const isSomething = this.#active.states[column] !== -1 || this.#hidden.states[column] !== -1;
      if (isSomething || column < known.first || column >= known.end) continue;
      if (numbers === null || !columns.hasNumber(column)) hatch(surface, place, column, first + column, scale, colors.unknown);
    }
  }

  /** Takes out of bars what their textures leave free. */
  #texture(
    count: number,
    { looks, first, scale }: LanePaint,
    { pixels, width }: Surface,
    { left, top, height }: LanePlace,
  ): void {
    const ofState = looks.map((look) => textures[look] ?? SOLID);
    const below = top + height;
    for (let column = LEAD; column < count; column += 1) {
      const tall = this.#strong.heights[column] ?? 0;
      const tallest = Math.max(tall, this.#weak.heights[column] ?? 0);
      const strong = tall > 0 ? (ofState[this.#active.states[column] ?? -1] ?? SOLID) : SOLID;
      const weak = tallest > tall ? (ofState[this.#passive.states[column] ?? -1] ?? SOLID) : SOLID;
      if (strong === SOLID && weak === SOLID) continue;
      for (let row = below - tallest; row < below; row += 1)
        if (isHole(below - row > tall ? weak : strong, first + column, row, scale)) pixels[row * width + left + column] = 0;
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
