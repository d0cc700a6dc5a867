import type { Box, Lane } from './timeline';

/** A lane in numbers, over the whole range. */
export interface LaneSummary {
  readonly activeSeconds: number;
  readonly intervals: number;
  /** Lowest and highest number; null without any. */
  readonly low: number | null;
  readonly high: number | null;
}

export function summarize({ states }: Pick<Lane, 'states'>, boxes: readonly Box[]): LaneSummary {
  let [active, intervals] = [0, 0];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { parts, intervals: drawn, value } of boxes) {
    intervals += drawn;
    for (const { state, duration } of parts) if (states[state]?.active) active += duration;
    if (!value) continue;
    low = Math.min(low, value.low);
    high = Math.max(high, value.high);
  }
  const hasNumbers = low <= high;
  return { activeSeconds: active / 1_000_000, intervals, low: hasNumbers ? low : null, high: hasNumbers ? high : null };
}
