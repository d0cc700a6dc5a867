import type { StateLook } from '../../core/timeline/stateLook';
import { themeColor } from '../theme';

/** Colours as numbers of an ImageData. */
export interface Palette {
  readonly occupied: number;
  readonly number: number;
  readonly numberRange: number;
  readonly overlap: number;
  readonly unknown: number;
  state(look: StateLook, name: string): number;
}

const OTHERS = ['charts-blue', 'charts-orange', 'charts-yellow'] as const;

/** The colours of VS Code's theme as it is now. */
export function readPalette(): Palette {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const color = (name: string, opacity = 1): number => (context ? asPixel(context, themeColor(name), opacity) : 0);
  const looks: Readonly<Record<Exclude<StateLook, 'other'>, number>> = {
    active: color('charts-green'),
    secondary: color('charts-yellow'),
    rest: color('charts-lines'),
    missing: color('disabledForeground', 0.6),
    hidden: 0,
  };
  const others = OTHERS.map((name) => color(name, 0.8));
  return {
    occupied: color('charts-purple'),
    number: color('charts-blue'),
    numberRange: color('charts-blue', 0.3),
    overlap: color('charts-red'),
    unknown: color('disabledForeground', 0.35),
    state: (look, name) => (look === 'other' ? (others[hashOf(name) % others.length] ?? 0) : looks[look]),
  };
}

/** As the bytes red, green, blue, opacity lie in memory: browsers run on little-endian machines alone. */
function asPixel(context: OffscreenCanvasRenderingContext2D, css: string, opacity: number): number {
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  return (Math.round(alpha * opacity) << 24) | (blue << 16) | (green << 8) | red;
}

/** So that a state has the same colour in every lane. */
function hashOf(text: string): number {
  let hash = 0;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return hash;
}
