import { displayWidth, fitTo } from '../displayWidth';
import type { Glyph, PlotKind } from '../text/plotKind';
import { PlotWriter } from '../text/plotWriter';
import { wrap } from '../wrap';
import type { PriorsWords } from './describeSlot';
import { describeClock, describeWeek } from './describeWeek';
import { shadeOf, shadeRanges } from './priorScale';
import { CELL_WIDTH, type PlottedMap, type PriorsPlot } from './priorsPlot';
import type { PriorCell } from './priorsWeek';
import type { PriorsView } from './priorsView';
import { isSameSlot, SLOTS, type WeekSlot } from './weekSlot';

/** Columns of the sentences, and of a name among them. */
const TEXT_COLUMNS = 100;
const NAME_COLUMNS = 30;

/** A bar for each shade, so that a map is read without its colours. */
const BARS: readonly Glyph[] = [
  { text: '▁', kind: 'heat0' },
  { text: '▂', kind: 'heat1' },
  { text: '▄', kind: 'heat2' },
  { text: '▆', kind: 'heat3' },
  { text: '█', kind: 'heat4' },
];

const UNLEARNED = ' ·  ';
const UNREADABLE = ' ?  ';
const NOW = '◄';

/**
 * Draws the learned week of an area as text: a line a day, four characters an hour. Two areas are below each other, and below them
 * their difference.
 * @param keys what can be done here, as the last line says it
 */
export function plotPriors(view: PriorsView, words: PriorsWords, keys: string): PriorsPlot {
  const writer = new PlotWriter();
  const maps: PlottedMap[] = [];
  view.weeks.forEach((week, area) => {
    writer.write(fitTo(week.areaName, TEXT_COLUMNS).trimEnd(), 'title').endLine();
    for (const sentence of describeWeek(view, week, words)) writeFaint(writer, sentence);
    writer.endLine();
    const cell = (slot: WeekSlot): Glyph => cellGlyph(week.days[slot.day]?.[slot.slot], view.top);
    maps.push({ area, ...writeMap(writer, view, words, cell) });
    writer.endLine();
  });
  if (view.differences) {
    const [first, second] = view.weeks.map(({ areaName }) => fitTo(areaName, NAME_COLUMNS).trimEnd());
    writer.write('Difference', 'title').endLine();
    writeFaint(writer, `Percentage points by which ${second} is above (+) or below (−) ${first}.`);
    writer.endLine();
    const cell = ({ day, slot }: WeekSlot): Glyph => differenceGlyph(view.differences?.[day]?.[slot] ?? null);
    maps.push({ area: null, ...writeMap(writer, view, words, cell) });
    writer.endLine();
  }
  writeLegend(writer, view, words);
  for (const sentence of [describeClock(view, words), keys]) writeFaint(writer, sentence);
  return { text: writer.text, spans: writer.spans, maps };
}

function writeMap(
  writer: PlotWriter,
  { now }: PriorsView,
  { week }: PriorsWords,
  cell: (slot: WeekSlot) => Glyph,
): Omit<PlottedMap, 'area'> {
  const margin = Math.max(...week.order.map((day) => displayWidth(week.shortDay(day)))) + 1;
  const slots = Array.from({ length: SLOTS }, (_, slot) => slot);
  writer.write(' '.repeat(margin));
  for (const slot of slots) {
    const isNow = slot === now.slot;
    writer.write(isNow ? '▼' : ' ', 'now').write(`${week.hour(slot)} `, isNow ? 'now' : 'faint');
  }
  const { line } = writer.endLine().place;
  let start = margin;
  for (const day of week.order) {
    writer.write(fitTo(week.shortDay(day), margin), day === now.day ? 'now' : 'faint');
    start = writer.place.character;
    for (const slot of slots) {
      const { text, kind } = cell({ day, slot });
      if (isSameSlot({ day, slot }, now)) writer.write(text.slice(0, CELL_WIDTH - 1), kind).write(NOW, 'now');
      else writer.write(text, kind);
      if (BARS.some(({ text: bar }) => text.startsWith(bar))) writer.mark(CELL_WIDTH, 1, 'bar');
    }
    writer.endLine();
  }
  return { line, start, order: week.order };
}

/** A number of three digits leaves no room for the bar of the strongest shade. */
function cellGlyph(cell: PriorCell | undefined, top: number): Glyph {
  if (!cell?.prior) return { text: UNLEARNED, kind: 'unknown' };
  if (cell.value === null) return { text: UNREADABLE, kind: 'overlap' };
  const { text: bar, kind } = BARS[shadeOf(cell.value, top)] ?? { text: ' ', kind: 'heat0' };
  const digits = percentDigits(cell.value);
  return { text: (digits.length > 2 ? digits : `${bar}${digits.padStart(2)}`).padEnd(CELL_WIDTH), kind };
}

function differenceGlyph(difference: number | null): Glyph {
  if (difference === null) return { text: UNLEARNED, kind: 'unknown' };
  const digits = percentDigits(Math.abs(difference));
  if (digits === '0') return { text: '  0 ', kind: 'faint' };
  const [sign, kind]: [string, PlotKind] = difference > 0 ? ['+', 'more'] : ['−', 'less'];
  const text = `${sign}${digits}`;
  return { text: text.length < CELL_WIDTH ? text.padStart(CELL_WIDTH - 1).padEnd(CELL_WIDTH) : text, kind };
}

function percentDigits(value: number): string {
  return String(Math.round(value * 100));
}

function writeLegend(writer: PlotWriter, { top }: PriorsView, { format }: PriorsWords): void {
  const ranges = shadeRanges(top, format);
  writer.write('Prior: ', 'faint');
  BARS.forEach(({ text, kind }, shade) => {
    writer.write(`${text}  `, kind).mark(CELL_WIDTH - 1, 1, 'bar');
    writer.write(` ${ranges[shade] ?? ''}  `, 'faint');
  });
  writer.write('·', 'unknown').write(' not learned', 'faint').endLine();
}

function writeFaint(writer: PlotWriter, text: string): void {
  for (const line of wrap(text, TEXT_COLUMNS)) writer.write(line, 'faint').endLine();
}
