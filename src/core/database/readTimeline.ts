import { throwIfAborted } from '../errors';
import type { Lanes, LanesQuery } from '../timeline/lanes';
import type { Timeline, TimelineQuery } from '../timeline/timeline';
import type { LanesReading } from './lanesReading';
import type { Browse } from './occupancyReads';
import { lanesAnswer, timelineAnswer } from './timelineAnswers';

/** Reads a timeline step by step, so that others read and write in between. Throws CancelledError soon after `signal` aborts. */
export async function readTimeline(browse: Browse, query: TimelineQuery, signal?: AbortSignal): Promise<Timeline> {
  const timeline = await browse((reads) => reads.timeline(query));
  await readAll(browse, timeline.reading, signal);
  return timelineAnswer(timeline);
}

/** Reads lanes step by step, so that others read and write in between. Throws CancelledError soon after `signal` aborts. */
export async function readLanes(browse: Browse, query: LanesQuery, signal?: AbortSignal): Promise<Lanes> {
  const reading = await browse((reads) => reads.lanes(query));
  await readAll(browse, reading, signal);
  return lanesAnswer(reading);
}

async function readAll(browse: Browse, reading: LanesReading, signal?: AbortSignal): Promise<void> {
  while (!(await browse(() => reading.step()))) throwIfAborted(signal, 'getTimeline');
}
