import { displayWidth, fitTo } from '../displayWidth';
import type { Format } from '../format';
import { isEven, NAME_COLUMNS } from '../text/evenText';
import type { Glyph } from '../text/plotKind';
import { PlotWriter } from '../text/plotWriter';
import { wrap } from '../wrap';
import { INACTIVE, LEVELS, numberGlyph, OVERLAP, stateGlyph, UNKNOWN } from './laneGlyphs';
import { summarize, type LaneSummary } from './laneSummary';
import { unpackBoxes } from './packBoxes';
import { plotRuler } from './plotRuler';
import type { OccupiedLane, Timeline, TimelineLane } from './timeline';
import { columnsOf, type ColumnGrid } from './timelineColumns';
import type { PlotRow, TimelinePlot } from './timelinePlot';
import { columnWidth, daysOf, rangeBounds, type TimelineRange } from './timelineRange';
import { nameIn } from './timelineRows';

/** Columns of the sentences under the plot. */
const TEXT_COLUMNS = 100;

const LEGEND: readonly (Glyph & { readonly meaning: string })[] = [
  { text: LEVELS.slice(1, 2) + LEVELS.slice(-1), kind: 'active', meaning: 'active' },
  { text: LEVELS.slice(-1), kind: 'secondary', meaning: 'paused, standby, closing' },
  { text: INACTIVE, kind: 'inactive', meaning: 'not active' },
  { text: UNKNOWN, kind: 'unknown', meaning: 'nothing known' },
  { text: OVERLAP, kind: 'overlap', meaning: 'overlap' },
  { text: LEVELS.slice(0, 1) + LEVELS.slice(3, 4) + LEVELS.slice(-1), kind: 'number', meaning: 'low to high' },
];

const MOTION = 'a motion sensor was on, gaps of up to 5 min bridged';
const CACHE = 'what Area Occupancy Detection has in its own cache';

const SOURCES: Readonly<Record<OccupiedLane['source'], string>> = {
  cache: `Occupied: ${CACHE}.`,
  motion: `Occupied: ${MOTION}.`,
  both: `Occupied: ${CACHE}, and where that ends: ${MOTION}.`,
};

/** Where the occupied time comes from, as a sentence. */
export function sourceText(source: OccupiedLane['source']): string {
  return SOURCES[source];
}

export interface PlotSettings {
  /** Name of the area or entity. */
  readonly title: string;
  readonly range: TimelineRange;
  /** IANA name. */
  readonly timeZone: string;
  /** By entity id. */
  readonly names: ReadonlyMap<string, string>;
  readonly format: Format;
  /** ms since the epoch. */
  readonly now: number;
  /** How to move, as the last line says it. */
  readonly keys: string;
}

/** An area of a timeline, or the one entity that it is of. All of a timeline are over the same range. */
export interface PlotSection {
  readonly area: string | null;
  readonly timeline: Timeline;
}

/** Draws a timeline as text: a header, a ruler, a line a lane under the name of its area if there are several, a legend. */
export function plotTimeline(sections: readonly PlotSection[], settings: PlotSettings): TimelinePlot {
  const width = columnWidth(settings.range);
  const { from, to } = rangeBounds(settings.range, settings.timeZone);
  const grid = { from, width, count: Math.ceil((to - from) / width) };
  const writer = new PlotWriter();
  writeHeader(writer, { from, to, resolution: Math.max(...sections.map(({ timeline }) => timeline.resolution)) }, grid, settings);
  writeRuler(writer, grid, settings);
  const rows = sections.flatMap((section) => {
    const head = sections.length > 1 ? section.area : null;
    if (head !== null) writer.write(fitTo(head, Math.min(80, displayWidth(head))), 'title').endLine();
    const title = section.area ?? settings.title;
    const lanes = namedLanes(section, settings.names);
    const written = lanes.map((named) => writeLane(writer, named, grid, { ...settings, title }));
    writeEnd(writer, section.timeline, lanes.length, settings);
    return written;
  });
  writeFooter(writer, sections, settings);
  return { text: writer.text, spans: writer.spans, rows, grid };
}

export interface NamedLane {
  readonly name: string;
  readonly area: string | null;
  readonly lane: TimelineLane | OccupiedLane;
}

/** The lanes of a section under the names that they are shown by. */
export function namedLanes({ area, timeline }: PlotSection, names: ReadonlyMap<string, string>): readonly NamedLane[] {
  const { occupied, lanes } = timeline;
  const named = lanes.map((lane) => ({ name: names.get(lane.entityId) ?? shortId(lane.entityId), area, lane }));
  return occupied ? [{ name: 'Occupied', area, lane: occupied }, ...named] : named;
}

/** An id without its domain where it is too long: what tells two apart is at the end. */
function shortId(entityId: string): string {
  return entityId.length <= NAME_COLUMNS ? entityId : entityId.slice(entityId.indexOf('.') + 1);
}

function writeHeader(
  writer: PlotWriter,
  { from, to, resolution }: Pick<Timeline, 'from' | 'to' | 'resolution'>,
  grid: ColumnGrid,
  settings: PlotSettings,
): void {
  const { title, range, timeZone, format } = settings;
  const days = daysOf(range);
  const [first = range.day] = days;
  const when = days.length === 1 ? format.day(first) : `${format.day(first)} – ${format.day(range.day)}`;
  writer
    .write(fitTo(title, Math.min(80, displayWidth(title))), 'title')
    .write(`  ${when}`)
    .endLine();
  const [offset, lastOffset] = [format.offset(from / 1000), format.offset(to / 1000 - 1)];
  const offsets = offset === lastOffset ? offset : `${offset}, then ${lastOffset}`;
  const zone = timeZone === 'UTC' ? timeZone : `${timeZone} (${offsets})`;
  const wide = resolution > grid.width ? `, drawn from cells of ${format.duration(resolution / 1e6)}` : '';
  const columns = `each column is ${format.duration(grid.width / 1e6)}${wide}`;
  const moments = `${format.minute(from / 1000)} – ${format.minute(to / 1000)}`;
  writer.write(`${moments}, ${zone}; ${columns}`, 'faint').endLine().endLine();
}

function writeRuler(writer: PlotWriter, grid: ColumnGrid, { range, timeZone, format, now }: PlotSettings): void {
  const { labels, ticks } = plotRuler(range, grid, timeZone, format);
  const indent = ' '.repeat(NAME_COLUMNS + 1);
  const nowColumn = Math.floor((now * 1000 - grid.from) / grid.width);
  writer.write(indent).write(labels, 'faint').write('  active', 'faint').endLine().write(indent);
  if (nowColumn < 0 || nowColumn >= grid.count) writer.write(ticks, 'faint');
  else
    writer
      .write(ticks.slice(0, nowColumn), 'faint')
      .write('▼', 'now')
      .write(ticks.slice(nowColumn + 1), 'faint');
  writer.endLine();
}

function writeLane(
  writer: PlotWriter,
  { name, area, lane }: NamedLane,
  grid: ColumnGrid,
  { title, format, now }: PlotSettings,
): PlotRow {
  const boxes = unpackBoxes(lane.boxes, grid.from);
  const summary = summarize(lane, boxes);
  const glyphs = columnsOf(boxes, grid).map((column, index): Glyph | null => {
    const isAhead = grid.from + index * grid.width >= now * 1000;
    if (isAhead && column.durations.size === 0) return null;
    if (!('entityId' in lane))
      return column.durations.size === 0
        ? { text: INACTIVE, kind: 'inactive' }
        : stateGlyph(column, lane.states, grid.width, 'occupied');
    return lane.numeric ? numberGlyph(column, summary) : stateGlyph(column, lane.states, grid.width);
  });
  const fitted = fitTo(nameIn(title, name), NAME_COLUMNS);
  // A span of its own: what is written from right to left would take its neighbours along.
  writer.write(fitted, isEven(fitted) ? 'name' : 'unevenName').write(' ');
  const { line, character: start } = writer.place;
  writer
    .writeGlyphs(glyphs)
    .write(`  ${summaryText(lane, summary, format)}`, 'faint')
    .endLine();
  return { line, name, area, lane, start };
}

/** What a lane comes to, in a few words. */
export function summaryText(
  lane: TimelineLane | OccupiedLane,
  { activeSeconds, intervals, low, high }: LaneSummary,
  format: Format,
): string {
  const count = `${format.number(intervals)}×`;
  if (intervals === 0) return 'entityId' in lane ? 'no intervals' : 'never';
  if (!('entityId' in lane && lane.numeric)) return `${format.duration(activeSeconds)}, ${count}`;
  return low === null || high === null ? count : `${format.number(low)} – ${format.number(high)}, ${count}`;
}

/** What is to be said under the lanes of an area. */
function writeEnd(writer: PlotWriter, { omitted }: Timeline, lanes: number, { format }: PlotSettings): void {
  if (lanes === 0) writer.write('This area has no entities.').endLine();
  if (omitted > 0)
    writer.write(`${format.number(omitted)} more entities are left out; each has a timeline of its own.`).endLine();
}

function writeFooter(writer: PlotWriter, sections: readonly PlotSection[], { keys }: PlotSettings): void {
  writer.endLine();
  LEGEND.forEach(({ text, kind, meaning }, index) => {
    writer
      .write(index === 0 ? '' : '   ')
      .write(text, kind)
      .write(` ${meaning}`, 'faint');
  });
  writer.endLine();
  const sources = new Set(sections.flatMap(({ timeline: { occupied } }) => (occupied ? [SOURCES[occupied.source]] : [])));
  for (const text of [...sources, keys]) {
    for (const line of wrap(text, TEXT_COLUMNS)) writer.write(line, 'faint').endLine();
  }
}
