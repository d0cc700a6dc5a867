/** A stretch of time, µs since the epoch; `end` is exclusive. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** The same time without overlaps: sorted, what overlaps or touches made one; empty and reversed spans, and those of no known time, left out. */
export function mergeSpans(spans: readonly TimeSpan[]): TimeSpan[] {
  const merged: { start: number; end: number }[] = [];
  const sound = spans.filter(({ start, end }) => start < end);
  for (const { start, end } of sound.toSorted((left, right) => left.start - right.start)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** Merged spans, those with a gap of at most `gap` µs between them made one. */
export function bridgeGaps(spans: readonly TimeSpan[], gap: number): TimeSpan[] {
  const bridged = spans.map(({ start, end }, index) => ({ start, end: Math.max(end, bridgeEnd(spans[index + 1], end, gap)) }));
  return mergeSpans(bridged);
}

function bridgeEnd(next: TimeSpan | undefined, end: number, gap: number): number {
  return next && next.start - end <= gap ? next.start : end;
}

/** What of the spans lies within the window. */
export function clipSpans(spans: readonly TimeSpan[], window: TimeSpan): TimeSpan[] {
  return spans
    .map(({ start, end }) => ({ start: Math.max(start, window.start), end: Math.min(end, window.end) }))
    .filter(({ start, end }) => start < end);
}

/** Seconds that the spans last together. */
export function totalSeconds(spans: readonly TimeSpan[]): number {
  return spans.reduce((sum, { start, end }) => sum + (end - start), 0) / 1_000_000;
}
