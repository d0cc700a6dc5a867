import { escapeXml } from '../text/escapeXml';

/** The first letter says how a text is written. */
const FROM_RIGHT = /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

export interface TextPlace {
  /** Left edge. */
  readonly x: number;
  /** Base line. */
  readonly y: number;
  readonly fill: string;
  readonly size?: number;
  readonly weight?: 'bold';
}

/** A text that begins at its left edge, whichever way it is written. */
export function svgText(text: string, { x, y, fill, size, weight }: TextPlace): string {
  // Of what is written from the right, the end is on the left.
  const direction = FROM_RIGHT.test(text) ? ' direction="rtl" text-anchor="end"' : '';
  const font = `${size === undefined ? '' : ` font-size="${size}"`}${weight ? ` font-weight="${weight}"` : ''}`;
  return `<text x="${x}" y="${y}" fill="${fill}"${font}${direction}>${escapeXml(text)}</text>`;
}
