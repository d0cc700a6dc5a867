import * as vscode from 'vscode';
import { timelineSvg } from '../../core/export/timelineSvg';
import type { Format } from '../../core/format';
import { subjectName, type TimelineAddress } from '../../core/timeline/timelineAddress';
import { readSections } from '../../core/timeline/readSections';
import { daysOf, queryBounds, rangeBounds } from '../../core/timeline/timelineRange';
import type { DatabaseSession } from '../databaseSession';
import { pictureColors } from './pictureColors';
import type { ExportOffer } from './exportOffer';

/** Pixels of the plot in a picture: what is shorter than one of them is merged. */
const WIDTH = 1200;

interface Around {
  readonly session: DatabaseSession;
  readonly format: Format;
  /** IANA name. */
  readonly timeZone: string;
}

/** What can be exported of a timeline. @param rasterise of a webview that can be seen: nothing else makes a PNG */
export function timelineOffers(
  { database, subject, range }: TimelineAddress,
  { session, format, timeZone }: Around,
  rasterise?: (svg: string) => Promise<Uint8Array>,
): readonly ExportOffer[] {
  const { from, to } = rangeBounds(range, timeZone);
  const bounds = queryBounds(from, to);
  const name = subjectName(subject);
  const [first = range.day] = daysOf(range);
  const days = first === range.day ? [first] : [first, range.day];
  const parts = 'entity' in subject ? [subject] : subject.areas.map((area) => ({ area }));

  const svg = async (): Promise<string> => {
    const query = { ...bounds, resolution: (to - from) / 1000 / WIDTH };
    const { reader } = session;
    const [sections, { entities: names }] = await Promise.all([readSections(reader, subject, query), reader.getFriendlyNames()]);
    const title = 'entity' in subject ? (names.get(subject.entity) ?? subject.entity) : name;
    const subtitle = days.map((day) => format.day(day)).join(' – ');
    return timelineSvg(sections, { title, subtitle, names, format, timeZone, width: WIDTH, colors: pictureColors() });
  };
  return [
    ...parts.map((part): ExportOffer => {
      const of = 'area' in part ? part.area : part.entity;
      return {
        label: vscode.l10n.t('Intervals of {0} in the time shown', of),
        fileName: [of, 'intervals', ...days],
        content: { kind: 'rows', database, rows: { table: 'timeline', ...part, ...bounds } },
      };
    }),
    {
      label: vscode.l10n.t('Timeline of {0} as a picture', name),
      fileName: [name, 'timeline', ...days],
      content: { kind: 'picture', svg, ...(rasterise && { png: async () => rasterise(await svg()) }) },
    },
  ];
}
