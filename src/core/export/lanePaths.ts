import { isSecondary } from '../timeline/stateLook';
import type { LaneSummary } from '../timeline/laneSummary';
import type { Box, LaneState } from '../timeline/timeline';

export type PathKind = 'active' | 'secondary' | 'inactive' | 'overlap' | 'number' | 'range';

/** Where a lane is drawn. */
export interface LaneFrame {
  /** Pixels of a moment, µs since the epoch. */
  readonly x: (moment: number) => number;
  readonly top: number;
  readonly height: number;
}

/** Height of what is not active, and of the mark of an overlap, pixels. */
const THIN = 3;
/** Nothing that happened is too short to be seen, pixels. */
const NARROWEST = 0.6;

/** A lane's boxes as the data of one path a kind: what is active stands high, by the root of its share where boxes were merged. */
export function lanePaths(boxes: readonly Box[], states: readonly LaneState[], frame: LaneFrame): Map<PathKind, string> {
  const paths = new Map<PathKind, string>();
  const { top, height } = frame;
  for (const { start, end, parts, overlaps } of boxes) {
    const [x, width] = edges(start, end, frame);
    const active = parts.filter(({ state }) => states[state]?.active);
    const time = active.reduce((sum, { duration }) => sum + duration, 0);
    const share = end > start ? time / (end - start) : Number(active.length > 0);
    const [longest] = active.toSorted((left, right) => right.duration - left.duration);
    if (longest && share > 0) {
      const high = Math.max(THIN + 1, Math.sqrt(share) * height);
      const kind = isSecondary(states[longest.state]?.name ?? '') ? 'secondary' : 'active';
      addBox(paths, kind, x, top + height - high, width, high);
    } else addBox(paths, 'inactive', x, top + height - THIN, width, THIN);
    if (overlaps) addBox(paths, 'overlap', x, top, width, THIN);
  }
  return paths;
}

/** Numbers as a line of their means, over the range from lowest to highest where boxes were merged. */
export function numberPaths(boxes: readonly Box[], { low, high }: LaneSummary, frame: LaneFrame): Map<PathKind, string> {
  const paths = new Map<PathKind, string>();
  const { top, height } = frame;
  const y = (value: number): number => {
    const share = low === null || high === null || high === low ? 0.5 : (value - low) / (high - low);
    return round(top + height - share * height);
  };
  let [line, reached] = ['', Number.NaN];
  for (const { start, end, value } of boxes) {
    const [x, width] = edges(start, end, frame);
    if (!value) {
      addBox(paths, 'inactive', x, top + height - THIN, width, THIN);
      continue;
    }
    if (value.high > value.low) addBox(paths, 'range', x, y(value.high), width, y(value.low) - y(value.high));
    line += `${start === reached ? 'V' : `M${x} `}${y(value.mean)}H${round(x + width)}`;
    reached = end;
  }
  if (line !== '') paths.set('number', line);
  return paths;
}

function edges(start: number, end: number, { x }: LaneFrame): [left: number, width: number] {
  const left = round(x(start));
  return [left, Math.max(NARROWEST, round(x(end) - left))];
}

function addBox(paths: Map<PathKind, string>, kind: PathKind, x: number, y: number, width: number, height: number): void {
  paths.set(kind, `${paths.get(kind) ?? ''}M${x} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`);
}

/** Hundredths of a pixel: nobody sees more, and a file of many boxes stays small. */
function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
