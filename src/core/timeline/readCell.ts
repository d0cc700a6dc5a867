import type { OccupancyReader } from '../database/occupancyReader';
import type { Timeline } from './timeline';
import type { OneSubject } from './timelineAddress';
import { queryBounds } from './timelineRange';

/** What a lane holds from `from` up to `to` (µs since the epoch), exactly: what is drawn there may be rounded, or merged with its neighbours. */
export function readCell(
  reader: Pick<OccupancyReader, 'getTimeline'>,
  lane: OneSubject,
  { from, to }: { readonly from: number; readonly to: number },
  signal?: AbortSignal,
): Promise<Timeline> {
  return reader.getTimeline({ ...lane, ...queryBounds(from, to), resolution: (to - from) / 1000 }, signal);
}
