import type { OccupancyReader } from '../database/occupancyReader';
import type { PlotSection } from './plotTimeline';
import type { TimelineQuery } from './timeline';
import type { TimelineSubject } from './timelineAddress';

/** Reads a timeline area by area, for what is drawn as a whole: text, and pictures. */
export function readSections(
  reader: OccupancyReader,
  subject: TimelineSubject,
  range: Pick<TimelineQuery, 'from' | 'to' | 'resolution'>,
): Promise<readonly PlotSection[]> {
  const parts = 'entity' in subject ? [subject] : subject.areas.map((area) => ({ area }));
  return Promise.all(
    parts.map(async (part) => ({
      area: 'area' in part ? part.area : null,
      timeline: await reader.getTimeline({ ...part, ...range }),
    })),
  );
}
