import * as vscode from 'vscode';
import type { Format } from '../../core/format';
import { type PriorsAddress, priorsTitle } from '../../core/priors/priorsAddress';
import { priorsSvg } from '../../core/priors/priorsSvg';
import { priorsView } from '../../core/priors/priorsView';
import { readPriors } from '../../core/priors/readPriors';
import { WeekWords } from '../../core/priors/weekWords';
import type { DatabaseSession } from '../databaseSession';
import type { ExportOffer, PictureContent } from './exportOffer';
import { pictureColors } from './pictureColors';

interface Around {
  readonly session: DatabaseSession;
  readonly format: Format;
  /** IANA name. */
  readonly timeZone: string;
  /** BCP 47 tag. */
  readonly language: string;
}

/** What can be exported of the priors of an area, or of two. @param png from a webview, which alone can make one */
export function priorsOffers(
  address: PriorsAddress,
  { session, format, timeZone, language }: Around,
  png?: PictureContent['png'],
): readonly ExportOffer[] {
  const { database, area, other } = address;
  const title = priorsTitle(address);
  const rowsOf = (name: string): ExportOffer => ({
    label: vscode.l10n.t('Learned priors of {0}', name),
    fileName: [name, 'priors'],
    content: { kind: 'rows', database, rows: { table: 'priors', area: name } },
  });
  const svg = async (): Promise<string> => {
    const view = priorsView(await readPriors(session.reader, address), Date.now(), timeZone);
    const { text: foreground, ...colors } = pictureColors();
    return priorsSvg(view, { format, week: new WeekWords(language) }, { ...colors, foreground });
  };
  return [
    rowsOf(area),
    ...(other === null ? [] : [rowsOf(other)]),
    {
      label: vscode.l10n.t('Priors of {0} as a picture', title),
      fileName: [title, 'priors'],
      content: { kind: 'picture', svg, ...(png && { png }) },
    },
  ];
}
