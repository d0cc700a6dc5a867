// What the extension answers the page of a timeline, from a real database.
import type { OccupancyReader } from '../../../src/core/database/occupancyReader.ts';
import { Format } from '../../../src/core/format.ts';
import { readAddress } from '../../../src/core/timeline/timelineAddress.ts';
import {
  describeMoment,
  type LaneMoment,
  lanesQuery,
  type LanesParams,
  readOutline,
} from '../../../src/core/timeline/timelineAnswers.ts';
import type { ViewHost } from './openView.ts';

export interface TimelineHostOptions {
  readonly reader: OccupancyReader;
  readonly address: string;
  readonly timeZone?: string;
  readonly language?: string;
  /** By entity id. */
  readonly names?: Readonly<Record<string, string>>;
}

export function timelineHost({
  reader,
  address,
  timeZone = 'UTC',
  language = 'en-GB',
  names = {},
}: TimelineHostOptions): ViewHost {
  const format = new Format(language, timeZone);
  const subject = readAddress(address)!.subject;
  return {
    settings: () => ({ language, timeZone }),
    outline: async (version: string | null) => {
      const outline = await readOutline(reader, new Map(Object.entries(names)), subject);
      const current = JSON.stringify(outline);
      return current === version ? null : { version: current, outline };
    },
    lanes: (params: LanesParams) => reader.getLanes(lanesQuery(params)),
    describe: (moment: LaneMoment) => describeMoment(reader, moment, format),
    reveal: () => {},
    sync: () => {},
  };
}
