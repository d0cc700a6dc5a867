// When an area was occupied, by plain arithmetic over all rows: the truth that readers are held against.
import type { TrueRows } from './trueRows.mts';

type Span = readonly [start: number, end: number];

/** µs of gap between two motions that is bridged. */
const LONGEST_GAP = 300_000_000;

/**
 * What AOD's cache has from its first stretch to when it was calculated; elsewhere when one of the sensors was on, gaps bridged.
 * @param from stored text, as is `to`
 * @returns µs in all, and of how many stretches
 */
export function trueOccupied(
  { intervals, occupiedCache }: TrueRows,
  area: string,
  sensors: readonly string[],
  from: string,
  to: string,
): { total: number; stretches: number } {
  const cache = occupiedCache.filter((row) => row['area_name'] === area);
  const cached = cache.map((row): Span => [at(String(row['start_time'])), at(String(row['end_time']))]);
  const reach: Span = [
    Math.min(...cached.map(([start]) => start)),
    Math.max(...cache.map((row) => at(String(row['calculation_date'])))),
  ];
  const on = intervals.filter((row) => sensors.includes(row.entity_id) && row.state === 'on');
  const motion = joined(
    on.map((row): Span => [at(row.start_time), at(row.end_time)]),
    LONGEST_GAP,
  );
  const elsewhere = motion.flatMap((span) => [
    clip(span, [Number.NEGATIVE_INFINITY, reach[0]]),
    clip(span, [reach[1], Number.POSITIVE_INFINITY]),
  ]);
  const known = cached.length === 0 ? motion : [...cached.map((span) => clip(span, reach)), ...elsewhere];
  const spans = joined(
    known.map((span) => clip(span, [at(from), at(to)])).filter(([start, end]) => start < end),
    0,
  );
  return { total: spans.reduce((sum, [start, end]) => sum + end - start, 0), stretches: spans.length };
}

function clip([start, end]: Span, [low, high]: Span): Span {
  return [Math.max(start, low), Math.min(end, high)];
}

function joined(spans: readonly Span[], gap: number): Span[] {
  const all: [number, number][] = [];
  for (const [start, end] of spans.toSorted((left, right) => left[0] - right[0])) {
    const last = all.at(-1);
    if (last && start - last[1] <= gap) last[1] = Math.max(last[1], end);
    else all.push([start, end]);
  }
  return all;
}

/** Stored text as µs since the epoch. */
function at(text: string): number {
  return Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`) * 1000 + Number(text.slice(20).padEnd(6, '0'));
}
