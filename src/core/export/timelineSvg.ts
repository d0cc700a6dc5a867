import { displayWidth, fitTo } from '../displayWidth';
import type { Format } from '../format';
import { summarize } from '../timeline/laneSummary';
import { unpackBoxes } from '../timeline/packBoxes';
import { namedLanes, sourceText, summaryText, type NamedLane, type PlotSection } from '../timeline/plotTimeline';
import type { Timeline } from '../timeline/timeline';
import { timeTicks } from '../timeline/timeTicks';
import { nameIn } from '../timeline/timelineRows';
import { lanePaths, numberPaths, type LaneFrame, type PathKind } from './lanePaths';
import type { PictureColors } from './pictureColors';
import { escapeXml } from '../text/escapeXml';
import { svgText } from './svgText';

export interface SvgOptions {
  /** Names of the areas, or of the entity. */
  readonly title: string;
  /** The time shown, in words. */
  readonly subtitle: string;
  /** By entity id. */
  readonly names: ReadonlyMap<string, string>;
  readonly format: Format;
  /** IANA name. */
  readonly timeZone: string;
  /** Pixels of the plot, without names and summaries. */
  readonly width: number;
  readonly colors: PictureColors;
}

// Pixels.
const MARGIN = 16;
const NAMES = 220;
const SUMMARIES = 150;
const HEADER = 78;
const LANE = 26;
const BOX = 18;
const FOOTER = 64;
/** What the label of a tick needs. */
const TICK = 90;

/** Characters of a name at most: what fits at 13 pixels a line. */
const NAME_COLUMNS = 27;
const TITLE_COLUMNS = 80;

/** Draws a timeline as SVG: names, lanes, an axis of local time, a legend. It needs no fonts but those of the viewer, and no scripts. */
export function timelineSvg(sections: readonly PlotSection[], options: SvgOptions): string {
  const { title, subtitle, width, colors, timeZone } = options;
  const rows = sections.flatMap((section): readonly PictureRow[] => [
    ...(sections.length > 1 && section.area !== null ? [{ heading: section.area }] : []),
    ...namedLanes(section, options.names).map((named) => ({ named, from: section.timeline.from })),
  ]);
  const [left, bottom] = [MARGIN + NAMES, HEADER + rows.length * LANE];
  const [fullWidth, fullHeight] = [left + width + SUMMARIES + MARGIN, bottom + FOOTER];
  const [range = { from: 0, to: 1 }] = sections.map(({ timeline }) => timeline);
  const x = (moment: number): number => left + ((moment - range.from) / (range.to - range.from)) * width;
  const heading = fitTo(title, Math.min(TITLE_COLUMNS, displayWidth(title))).trim();
  const label = escapeXml(`${heading}, ${subtitle}`);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${fullWidth}" height="${fullHeight}" viewBox="0 0 ${fullWidth} ${fullHeight}" role="img" aria-label="${label}" font-family="system-ui, 'Segoe UI', 'Noto Sans', sans-serif" font-size="13">`,
    `<title>${label}</title>`,
    `<rect width="${fullWidth}" height="${fullHeight}" fill="${colors.background}"/>`,
    svgText(heading, { x: MARGIN, y: 30, fill: colors.text, size: 18, weight: 'bold' }),
    svgText(`${subtitle}, ${timeZone}`, { x: MARGIN, y: 50, fill: colors.faint }),
    ...axis(range, x, bottom, options),
    ...rows.map((row, index) => {
      const top = HEADER + index * LANE;
      if ('named' in row) return lane(row.named, row.from, { x, top, height: BOX }, options);
      return svgText(fitTo(row.heading, NAME_COLUMNS).trim(), { x: MARGIN, y: top + BOX - 4, fill: colors.text, weight: 'bold' });
    }),
    ...legend(left, bottom + 26, colors),
  ];
  const notes = footnotes(sections, options);
  if (notes.length > 0) parts.push(svgText(notes.join(' '), { x: left, y: bottom + 50, fill: colors.faint }));
  return `${[...parts, '</svg>'].join('\n')}\n`;
}

/** The name of an area, or a lane of it. */
type PictureRow = { readonly heading: string } | { readonly named: NamedLane; readonly from: number };

function footnotes(sections: readonly PlotSection[], { format }: SvgOptions): readonly string[] {
  const sources = sections.flatMap(({ timeline: { occupied } }) => (occupied ? [sourceText(occupied.source)] : []));
  const omitted = sections.reduce((sum, { timeline }) => sum + timeline.omitted, 0);
  return [...new Set(sources), ...(omitted > 0 ? [`${format.number(omitted)} more entities are left out.`] : [])];
}

function axis(
  { from, to }: Pick<Timeline, 'from' | 'to'>,
  x: (moment: number) => number,
  bottom: number,
  options: SvgOptions,
): string[] {
  const { colors, timeZone, format, width } = options;
  const ticks = timeTicks(from / 1000, to / 1000, width / TICK, timeZone, format).filter(({ at }) => at * 1000 < to);
  return ticks.flatMap(({ at: moment, label }) => {
    const at = Math.round(x(moment * 1000) * 100) / 100;
    return [
      `<path d="M${at} ${HEADER - 8}V${bottom}" stroke="${colors.inactive}" stroke-width="1"/>`,
      svgText(label, { x: at + 3, y: HEADER - 10, fill: colors.faint, size: 12 }),
    ];
  });
}

function lane({ name, area, lane: drawn }: NamedLane, from: number, frame: LaneFrame, options: SvgOptions): string {
  const { title, width, colors, format } = options;
  const boxes = unpackBoxes(drawn.boxes, from);
  const summary = summarize(drawn, boxes);
  const isNumeric = 'entityId' in drawn && drawn.numeric;
  const paths = isNumeric ? numberPaths(boxes, summary, frame) : lanePaths(boxes, drawn.states, frame);
  const active = 'entityId' in drawn ? colors.active : colors.occupied;
  const shown = fitTo(nameIn(area ?? title, name), NAME_COLUMNS).trim();
  const baseline = frame.top + BOX - 4;
  const id = 'entityId' in drawn && drawn.entityId !== name ? ` (${drawn.entityId})` : '';
  return [
    `<g><title>${escapeXml(`${name}${id}: ${summaryText(drawn, summary, format)}`)}</title>`,
    svgText(shown, { x: MARGIN, y: baseline, fill: colors.text }),
    ...[...paths].map(([kind, data]) => `<path d="${data}" ${paint(kind, colors, active)}/>`),
    svgText(summaryText(drawn, summary, format), { x: MARGIN + NAMES + width + 10, y: baseline, fill: colors.faint }),
    '</g>',
  ].join('\n');
}

function paint(kind: PathKind, colors: PictureColors, active: string): string {
  if (kind === 'number') return `fill="none" stroke="${colors.number}" stroke-width="1.5"`;
  if (kind === 'range') return `fill="${colors.number}" fill-opacity="0.3"`;
  return `fill="${kind === 'active' ? active : colors[kind]}"`;
}

function legend(x: number, y: number, colors: PictureColors): string[] {
  const entries: readonly (readonly [color: string, height: number, meaning: string, width: number])[] = [
    [colors.active, 12, 'active', 80],
    [colors.secondary, 12, 'paused, standby, closing', 190],
    [colors.inactive, 3, 'not active; empty: nothing known', 240],
    [colors.overlap, 3, 'overlap', 90],
    [colors.number, 2, 'numbers, low to high', 150],
  ];
  let at = x;
  return entries.flatMap(([color, height, meaning, width]) => {
    const left = at;
    at += width;
    return [
      `<rect x="${left}" y="${y - height}" width="12" height="${height}" fill="${color}"/>`,
      svgText(meaning, { x: left + 18, y, fill: colors.faint, size: 12 }),
    ];
  });
}
