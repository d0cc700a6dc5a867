import type { OccupancyReader } from '../database/occupancyReader';
import type { Format } from '../format';
import { utcMicroseconds, utcTextOfMicroseconds } from '../time';
import { describeCell } from './describeCell';
import { describeInterval } from './describeInterval';
import type { LaneEntity, LanesQuery } from './lanes';
import { readCell } from './readCell';
import type { TimelineSubject } from './timelineAddress';
import { outlineArea, type TimelineOutline } from './timelineOutline';
import { queryBounds } from './timelineRange';

/** Intervals that begin before a moment and may have ended before it, while an earlier one goes on. */
const CANDIDATES = 20;

/** Times in µs since the epoch. */
export interface LanesParams {
  /** Areas whose occupied time is wanted. */
  readonly occupied: readonly string[];
  readonly entities: readonly LaneEntity[];
  readonly from: number;
  readonly to: number;
  /** Width of the cells that short boxes are merged in, µs. */
  readonly resolution: number;
}

/** What a moment of a lane is drawn in: `from` up to `to`, µs since the epoch. */
export interface LaneMoment {
  readonly name: string;
  readonly area: string | null;
  /** null for the occupied lane of the area. */
  readonly entity: LaneEntity | null;
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** Whether it is one state there, and not several merged ones. */
  readonly isOne: boolean;
}

/** Which lanes a timeline has. @param names by entity id */
export async function readOutline(
  reader: Pick<OccupancyReader, 'getEntities'>,
  names: ReadonlyMap<string, string>,
  subject: TimelineSubject,
): Promise<TimelineOutline> {
  if ('entity' in subject) {
    const [known] = await reader.getEntities({ entity: subject.entity });
    return { areas: [outlineArea(null, [known ?? { entityId: subject.entity, entityType: 'unknown' }], names)] };
  }
  const areas = subject.areas.map(async (area) => outlineArea(area, await reader.getEntities({ area }), names));
  return { areas: await Promise.all(areas) };
}

export function lanesQuery({ from, to, resolution, ...lanes }: LanesParams): LanesQuery {
  return { ...lanes, ...queryBounds(from, to), resolution: resolution / 1000 };
}

/** What is to be said of a moment, a line each. Read for just that moment: what is drawn is rounded, and may have been merged. */
export async function describeMoment(
  reader: Pick<OccupancyReader, 'getIntervals' | 'getTimeline'>,
  { name, area, entity, at, from, to, isOne }: LaneMoment,
  format: Format,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  if (entity && isOne) {
    const query = { entity: entity.entityId, to: utcTextOfMicroseconds(at + 1), limit: CANDIDATES };
    const interval = (await reader.getIntervals(query)).find(({ endTime }) => utcMicroseconds(endTime) > at);
    if (interval) return describeInterval(name, interval, format);
  }
  const exact = await readCell(reader, entity ? { entity: entity.entityId } : { area: area ?? '' }, { from, to }, signal);
  const lane = entity ? exact.lanes[0] : exact.occupied;
  return lane ? describeCell({ row: { line: 0, start: 0, name, area, lane }, character: 0, from, to }, exact, format) : [name];
}
