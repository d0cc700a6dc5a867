import { throwIfAborted } from '../errors';
import type { Timeline, TimelineQuery } from '../timeline/timeline';
import type { OccupancyReads } from './occupancyReads';

/** Reads a timeline step by step, so that others read and write in between. Throws CancelledError soon after `signal` aborts. */
export async function readTimeline(
  browse: <T>(read: (reads: OccupancyReads) => T) => Promise<T>,
  query: TimelineQuery,
  signal?: AbortSignal,
): Promise<Timeline> {
  const reading = await browse((reads) => reads.timeline(query));
  while (!(await browse(() => reading.step()))) throwIfAborted(signal, 'getTimeline');
  return reading.timeline();
}
