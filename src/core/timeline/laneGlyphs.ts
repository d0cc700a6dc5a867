import type { Glyph, PlotKind } from '../text/plotKind';
import type { LaneSummary } from './laneSummary';
import type { LaneState } from './timeline';
import { isSecondary } from './stateLook';
import type { Column } from './timelineColumns';

export const LEVELS = '▁▂▃▄▅▆▇█';
export const INACTIVE = '─';
export const UNKNOWN = '·';
export const OVERLAP = '╳';

const unknown: Glyph = { text: UNKNOWN, kind: 'unknown' };

/** A column of a lane of states: a bar for what was active. Its height goes with the root of the share, or short motions would not be seen. */
export function stateGlyph(column: Column, states: readonly LaneState[], width: number, activeKind: PlotKind = 'active'): Glyph {
  if (column.durations.size === 0) return unknown;
  if (column.overlaps) return { text: OVERLAP, kind: 'overlap' };
  const active = [...column.durations].filter(([state]) => states[state]?.active);
  if (active.length === 0) return { text: INACTIVE, kind: 'inactive' };
  const time = active.reduce((sum, [, duration]) => sum + duration, 0);
  const [longest] = active.toSorted(([, left], [, right]) => right - left)[0] ?? [0];
  const kind = isSecondary(states[longest]?.name ?? '') ? 'secondary' : activeKind;
  return { text: glyphAt(Math.ceil(Math.sqrt(time / width) * LEVELS.length) - 1), kind };
}

/** A column of a lane of numbers: as high as its mean lies between the lowest and the highest. */
export function numberGlyph({ durations, mean }: Column, { low, high }: LaneSummary): Glyph {
  if (mean === null || low === null || high === null) return durations.size > 0 ? { text: INACTIVE, kind: 'inactive' } : unknown;
  const height = high > low ? (mean - low) / (high - low) : 0.5;
  return { text: glyphAt(Math.round(height * (LEVELS.length - 1))), kind: 'number' };
}

function glyphAt(level: number): string {
  return LEVELS[Math.min(LEVELS.length - 1, Math.max(0, level))] ?? '';
}
