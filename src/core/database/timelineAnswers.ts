import type { Lanes, SketchedLane } from '../timeline/lanes';
import { summarize } from '../timeline/laneSummary';
import { packBoxes } from '../timeline/packBoxes';
import { sketchBoxes } from '../timeline/sketchBoxes';
import type { Box, LaneState, Timeline } from '../timeline/timeline';
import type { LanesReading, ReadLanes } from './lanesReading';

/** Bytes of boxes that an answer holds at most; the states' names come to it. */
const MOST_BYTES = 180_000;

/** Units of time in a cell: where a box is drawn is off by half of one at most. */
const UNITS = 64;

const OCCUPIED_STATES: readonly LaneState[] = [{ name: 'occupied', active: true }];

/** Lanes to be read; `omitted` entities are left out. */
export interface TimelineReading {
  readonly reading: LanesReading;
  readonly omitted: number;
}

/** The timeline, once all is read: with cells as much wider as it takes to make it small enough. */
export function timelineAnswer({ reading, omitted }: TimelineReading): Timeline {
  return smallEnough(
    reading,
    ({ range: { start: from, end: to }, resolution, occupied, entities }): Timeline => {
      const [area] = occupied;
      return {
        from,
        to,
        resolution,
        occupied: area ? { source: area.source, states: OCCUPIED_STATES, boxes: packBoxes(area.boxes, from) } : null,
        lanes: entities.map((lane) => ({ ...lane, boxes: packBoxes(lane.boxes, from) })),
        omitted,
      };
    },
    ({ occupied, lanes }) => [...(occupied ? [occupied] : []), ...lanes],
  );
}

/** The lanes as a drawing needs them, once all is read: with cells as much wider as it takes to make them small enough. */
export function lanesAnswer(reading: LanesReading): Lanes {
  const { occupied: exactAreas, entities: exactEntities } = reading.at(1);
  const areaSums = exactAreas.map(({ boxes }) => sums(OCCUPIED_STATES, boxes));
  const entitySums = exactEntities.map(({ states, boxes }) => sums(states, boxes));
  return smallEnough(
    reading,
    ({ range: { start: from, end: to }, resolution, occupied, entities }): Lanes => {
      const unit = Math.max(1, Math.floor(resolution / UNITS));
      const sketched = (lane: Sums, boxes: readonly Box[]): SketchedLane => ({
        ...lane,
        boxes: sketchBoxes(boxes, { from, unit, low: lane.low, high: lane.high }),
      });
      return {
        from,
        to,
        resolution,
        unit,
        occupied: occupied.map(({ area, source, boxes }, index) => ({
          area,
          source,
          ...sketched(areaSums[index] ?? none, boxes),
        })),
        entities: entities.map(({ entityId, entityType, numeric, boxes }, index) => ({
          entityId,
          entityType,
          numeric,
          ...sketched(entitySums[index] ?? none, boxes),
        })),
      };
    },
    ({ occupied, entities }) => [...occupied, ...entities],
  );
}

type Sums = Omit<SketchedLane, 'boxes'>;

const none: Sums = { states: [], durations: [], intervals: 0, low: null, high: null };

function sums(states: readonly LaneState[], boxes: readonly Box[]): Sums {
  const durations = states.map(() => 0);
  for (const { parts } of boxes) for (const { state, duration } of parts) durations[state] = (durations[state] ?? 0) + duration;
  const { intervals, low, high } = summarize({ states }, boxes);
  return { states, durations, intervals, low, high };
}

function smallEnough<T>(
  reading: LanesReading,
  pack: (lanes: ReadLanes) => T,
  lanesOf: (answer: T) => readonly { readonly boxes: Uint8Array }[],
): T {
  for (let multiple = 1; ;) {
    const answer = pack(reading.at(multiple));
    const bytes = lanesOf(answer).reduce((sum, { boxes }) => sum + boxes.length, 0);
    if (bytes <= MOST_BYTES) return answer;
    multiple = Math.max(multiple + 1, Math.floor((multiple * bytes) / MOST_BYTES));
  }
}
