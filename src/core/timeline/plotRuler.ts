import type { Format } from '../format';
import { dayStart, localTime } from '../time';
import type { ColumnGrid } from './timelineColumns';
import { daysOf, type TimelineRange } from './timelineRange';

/** Local hours between two labels of a day. */
const HOURS = 3;

/** µs. Divides every change of clocks, so that no full hour is stepped over. */
const STEP = 600_000_000;

interface Mark {
  readonly column: number;
  readonly label: string;
}

/** Two lines over the columns: labels, and a tick under the first character of each. */
export function plotRuler(
  range: TimelineRange,
  grid: ColumnGrid,
  timeZone: string,
  format: Format,
): { labels: string; ticks: string } {
  const marks = range.length === 'day' ? hourMarks(grid, timeZone) : dayMarks(range, grid, timeZone, format);
  let labels = '';
  const ticks = Array.from({ length: grid.count }, () => '─');
  for (const { column, label } of marks) {
    ticks[column] = '┬';
    if (column >= labels.length && column + label.length <= grid.count) labels = `${labels.padEnd(column)}${label} `;
  }
  return { labels: labels.padEnd(grid.count), ticks: ticks.join('') };
}

/** By the wall clock, so that a change of clocks shows: an hour that comes twice is marked where it comes first. */
function hourMarks({ from, width, count }: ColumnGrid, timeZone: string): readonly Mark[] {
  const columns = new Map<string, number>();
  for (let moment = from; moment < from + count * width; moment += STEP) {
    const label = localTime(moment / 1000, timeZone);
    if (isMarked(label) && !columns.has(label)) columns.set(label, Math.floor((moment - from) / width));
  }
  return [...columns].map(([label, column]) => ({ column, label }));
}

function isMarked(time: string): boolean {
  return time.endsWith(':00') && Number(time.slice(0, 2)) % HOURS === 0;
}

/** A week has a label a day, four weeks have one a week. */
function dayMarks(range: TimelineRange, { from, width }: ColumnGrid, timeZone: string, format: Format): readonly Mark[] {
  const isWeek = range.length === 'week';
  return daysOf(range).flatMap((day, index) => {
    if (!isWeek && index % 7 > 0) return [];
    const column = Math.floor((dayStart(day, timeZone) * 1000 - from) / width);
    return [{ column, label: isWeek ? format.dayOfWeek(day) : format.dayOfMonth(day) }];
  });
}
