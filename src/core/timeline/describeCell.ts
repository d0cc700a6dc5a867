import type { Format } from '../format';
import { summarize } from './laneSummary';
import { unpackBoxes } from './packBoxes';
import type { Lane, Timeline } from './timeline';
import type { PlotCell } from './timelinePlot';

/** What is to be said of a cell, a line each. `exact` is a timeline of just that cell. */
export function describeCell({ row, from, to }: PlotCell, exact: Timeline, format: Format): string[] {
  const lane: Lane | null | undefined = 'entityId' in row.lane ? exact.lanes[0] : exact.occupied;
  const id = 'entityId' in row.lane && row.lane.entityId !== row.name ? [row.lane.entityId] : [];
  const local = `${format.minute(from / 1000)} – ${format.minute(to / 1000)}`;
  return [
    row.name,
    ...id,
    local,
    `${utcMinute(from)} – ${utcMinute(to)} UTC`,
    ...(lane ? contentLines(lane, exact, format) : []),
  ];
}

function contentLines(lane: Lane, { from, to }: Timeline, format: Format): string[] {
  const boxes = unpackBoxes(lane.boxes, from);
  const times = new Map<number, number>();
  for (const { state, duration } of boxes.flatMap(({ parts }) => parts)) times.set(state, (times.get(state) ?? 0) + duration);
  const known = [...times.values()].reduce((sum, time) => sum + time, 0);
  const { intervals, low, high } = summarize(lane, boxes);
  const numbers =
    low === null || high === null ? [] : [low === high ? format.number(low) : `${format.number(low)} – ${format.number(high)}`];
  // Of numbers the span is said instead.
  const named = [...times].filter(([state]) => numbers.length === 0 || state > 0);
  const states = named.toSorted(([, left], [, right]) => right - left);
  return [
    ...numbers,
    ...states.map(([state, time]) => `${lane.states[state]?.name ?? ''}: ${format.duration(time / 1e6)}`),
    ...('entityId' in lane && known < to - from ? [`nothing known: ${format.duration((to - from - known) / 1e6)}`] : []),
    ...(boxes.some(({ overlaps }) => overlaps)
      ? ['Intervals of different states overlap here; the one that began last is drawn.']
      : []),
    intervals === 1 ? '1 interval' : `${format.number(intervals)} intervals`,
  ];
}

function utcMinute(microseconds: number): string {
  return new Date(microseconds / 1000).toISOString().slice(0, 16).replace('T', ' ');
}
