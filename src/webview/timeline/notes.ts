import type { RowLayout } from '../../core/timeline/rowLayout';
import type { TimelineOutline } from '../../core/timeline/timelineOutline';
import type { TimeWindow } from '../../core/timeline/timeWindow';
import { button } from '../element';
import type { Seen } from './laneReader';
import type { LaneStore } from './laneStore';

export interface NoteFacts {
  /** What went wrong, and what to do. */
  readonly fault: string | undefined;
  /** Undefined while it is being read. */
  readonly outline: TimelineOutline | undefined;
  readonly layout: RowLayout;
  readonly seen: Seen;
  readonly store: LaneStore;
  readonly sync: () => void;
}

/** What is to be said over the lanes; null where they speak for themselves. */
export function noteOf({ fault, outline, layout, seen, store, sync }: NoteFacts): readonly (Node | string)[] | null {
  if (fault !== undefined) return [fault];
  if (!outline) return null;
  const offer = (): HTMLButtonElement =>
    button({ textContent: 'Sync…', title: 'Read what is missing from Home Assistant' }, sync);
  if (outline.areas.every(({ entities }) => entities.length === 0)) return ['There are no entities in this timeline.', offer()];
  if (!layout.rows.some(({ kind }) => kind === 'entity')) return ['No lane matches the filter.'];
  return isEmpty(seen, store) ? ['Nothing is known of these lanes at this time.', offer()] : null;
}

/** Whether all that can be seen is read, and nothing is in it. */
function isEmpty({ rows, window }: Seen, store: LaneStore): boolean {
  const entities = rows.filter(({ kind }) => kind === 'entity');
  return (
    entities.length > 0 &&
    entities.every((row) => {
      const layer = store.get(row)?.layers[0];
      return layer !== undefined && covers(layer, window) && layer.intervals === 0;
    })
  );
}

function covers(one: TimeWindow, other: TimeWindow): boolean {
  return one.from <= other.from && one.to >= other.to;
}
