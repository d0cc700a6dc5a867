import { isActive } from '../../../src/core/activeStates';
import { isNumericType } from '../../../src/core/entityTypes';
import { packBoxes } from '../../../src/core/timeline/packBoxes';
import { reduceBoxes } from '../../../src/core/timeline/reduceBoxes';
import type { OccupiedLane, Timeline, TimelineLane } from '../../../src/core/timeline/timeline';
import { columnWidth, rangeBounds, type TimelineRange } from '../../../src/core/timeline/timelineRange';
import { layOut } from './laneRows';

/** `from` and `to` as `YYYY-MM-DD HH:MM` UTC. */
export type Row = readonly [from: string, to: string, state: string];

export interface LaneOf {
  readonly entityId: string;
  readonly entityType: string;
  readonly rows: readonly Row[];
}

/** A timeline as a database would answer it. */
export function timelineOf(
  range: TimelineRange,
  timeZone: string,
  lanes: readonly LaneOf[],
  occupied?: readonly (readonly [from: string, to: string])[],
): Timeline {
  const { from, to } = rangeBounds(range, timeZone);
  const resolution = columnWidth(range);
  const boxesOf = (rows: readonly Row[], states: readonly string[], numeric: boolean): Uint8Array => {
    const laid = layOut(
      rows.map(([start, end, state]) => ({
        start: at(start),
        end: at(end),
        state: numeric ? 0 : states.indexOf(state),
        value: numeric ? Number(state) : null,
      })),
      { from, to },
    );
    return packBoxes(reduceBoxes(laid, { from, resolution }), from);
  };
  const laneOf = ({ entityId, entityType, rows }: LaneOf): TimelineLane => {
    const numeric = isNumericType(entityType);
    const states = numeric ? ['number'] : [...new Set(rows.map(([, , state]) => state))];
    return {
      entityId,
      entityType,
      numeric,
      states: states.map((name) => ({ name, active: isActive(entityType, name) })),
      boxes: boxesOf(rows, states, numeric),
    };
  };
  const occupiedLane: OccupiedLane | null = occupied
    ? {
        source: 'motion',
        states: [{ name: 'occupied', active: true }],
        boxes: boxesOf(
          occupied.map(([start, end]) => [start, end, 'occupied']),
          ['occupied'],
          false,
        ),
      }
    : null;
  return { from, to, resolution, occupied: occupiedLane, lanes: lanes.map(laneOf), omitted: 0 };
}

function at(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00Z`) * 1000;
}
