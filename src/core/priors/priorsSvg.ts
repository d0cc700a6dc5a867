import { escapeXml } from '../text/escapeXml';
import { wrap } from '../wrap';
import type { PriorsWords } from './describeSlot';
import { describeClock, describeWeek } from './describeWeek';
import { shadeRanges, SHADES } from './priorScale';
import type { PriorsView } from './priorsView';
import { isSameSlot, SLOTS, type WeekSlot } from './weekSlot';

/** CSS colours of a plot. */
export interface PriorsColours {
  readonly background: string;
  readonly foreground: string;
  /** Of what is said beside the maps. */
  readonly faint: string;
  /** The highest prior of the scale; text in `foreground` is read on it. */
  readonly heat: string;
  /** Where the second area is above the first, and where it is below. */
  readonly more: string;
  readonly less: string;
  /** Around the hour that it is. */
  readonly now: string;
}

/** px */
const [CELL, ROW, MARGIN, LABELS, LINE] = [34, 24, 16, 72, 18];
const WIDTH = MARGIN * 2 + LABELS + SLOTS * CELL;

/** Characters of a sentence that are sure to have room in a line. */
const TEXT_COLUMNS = 120;

interface SvgCell {
  readonly text: string;
  readonly fill: string;
  /** 0–1 */
  readonly opacity: number;
}

/** Draws a view of priors as a picture that stands alone: SVG of rectangles and texts, as high as its maps need. */
export function priorsSvg(view: PriorsView, words: PriorsWords, colours: PriorsColours): string {
  const parts: string[] = [];
  let y = MARGIN;
  const write = (text: string, fill: string, more = ''): void => {
    y += LINE;
    parts.push(svgText(MARGIN, y, text, fill, `style="unicode-bidi:plaintext"${more}`));
  };
  const map = (cell: (slot: WeekSlot) => SvgCell): void => {
    parts.push(svgMap(view, words, colours, y, cell));
    y += 8 * ROW + MARGIN;
  };
  for (const week of view.weeks) {
    write(week.areaName, colours.foreground, ' font-weight="bold"');
    for (const sentence of describeWeek(view, week, words))
      for (const line of wrap(sentence, TEXT_COLUMNS)) write(line, colours.faint);
    map(({ day, slot }) => {
      const { prior, value } = week.days[day]?.[slot] ?? { prior: null, value: null };
      if (value === null) return { text: prior ? '?' : '·', fill: colours.heat, opacity: 0 };
      return { text: String(Math.round(value * 100)), fill: colours.heat, opacity: value / view.top };
    });
  }
  if (view.differences) {
    const [first, second] = view.weeks.map(({ areaName }) => areaName);
    write(`Difference: percentage points by which ${second} is above (+) or below (−) ${first}`, colours.foreground);
    map(({ day, slot }) => differenceCell(view.differences?.[day]?.[slot] ?? null, colours));
  }
  parts.push(svgLegend(view, words, colours, y));
  y += LINE;
  write(describeClock(view, words), colours.faint);
  const height = y + MARGIN;
  const size = `width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="system-ui, sans-serif" font-size="12">`,
    svgRect(0, 0, WIDTH, height, `fill="${escapeXml(colours.background)}"`),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function differenceCell(difference: number | null, { more, less }: PriorsColours): SvgCell {
  if (difference === null) return { text: '·', fill: more, opacity: 0 };
  const points = Math.round(Math.abs(difference) * 100);
  const sign = points === 0 ? '' : difference > 0 ? '+' : '−';
  return { text: `${sign}${points}`, fill: difference > 0 ? more : less, opacity: Math.abs(difference) / 2 };
}

function svgMap(
  { now }: PriorsView,
  { week }: PriorsWords,
  { foreground, faint, now: nowColour }: PriorsColours,
  top: number,
  cell: (slot: WeekSlot) => SvgCell,
): string {
  const left = MARGIN + LABELS;
  const parts: string[] = [];
  for (let slot = 0; slot < SLOTS; slot += 1)
    parts.push(svgText(left + (slot + 0.5) * CELL, top + ROW * 0.7, week.hour(slot), faint, 'text-anchor="middle"'));
  week.order.forEach((day, row) => {
    const y = top + (row + 1) * ROW;
    parts.push(svgText(MARGIN, y + ROW * 0.7, week.shortDay(day), faint));
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const { text, fill, opacity } = cell({ day, slot });
      const x = left + slot * CELL;
      const border = isSameSlot({ day, slot }, now)
        ? ` stroke="${escapeXml(nowColour)}" stroke-width="2"`
        : ` stroke="${escapeXml(faint)}" stroke-width="0.25"`;
      const paint = `fill="${escapeXml(fill)}" fill-opacity="${opacity.toFixed(3)}"${border}`;
      parts.push(svgRect(x + 1, y + 1, CELL - 2, ROW - 2, paint));
      parts.push(svgText(x + CELL / 2, y + ROW * 0.7, text, foreground, 'text-anchor="middle"'));
    }
  });
  return parts.join('\n');
}

function svgLegend({ top }: PriorsView, { format }: PriorsWords, colours: PriorsColours, y: number): string {
  const width = 132;
  const shades = shadeRanges(top, format).map((range, shade) => {
    const x = MARGIN + shade * width;
    const paint = `fill="${escapeXml(colours.heat)}" fill-opacity="${((shade + 0.5) / SHADES).toFixed(3)}"`;
    return `${svgRect(x, y + 2, 20, 14, paint)}\n${svgText(x + 26, y + 14, range, colours.faint)}`;
  });
  return [...shades, svgText(MARGIN + SHADES * width, y + 14, '· not learned', colours.faint)].join('\n');
}

function svgRect(x: number, y: number, width: number, height: number, paint: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" ${paint}/>`;
}

function svgText(x: number, y: number, text: string, fill: string, more = ''): string {
  return `<text x="${x}" y="${y}" fill="${escapeXml(fill)}" ${more}>${escapeXml(text)}</text>`;
}
