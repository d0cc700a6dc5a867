import * as vscode from 'vscode';
import type { Format } from '../../core/format';
import { readPriorsAddress } from '../../core/priors/priorsAddress';
import { readAddress } from '../../core/timeline/timelineAddress';
import type { Databases } from '../databases';
import type { DrawnViews } from '../drawnViews';
import type { ExportOffer } from './exportOffer';
import { priorsOffers } from './priorsOffers';
import { timelineOffers } from './timelineOffers';

/** What the view that is active offers, be it text or a webview; undefined where none of ours is. @param timeZone IANA name */
export function activeOffers(
  databases: Databases,
  { timelines, priors, priorsPanels }: DrawnViews,
  format: Format,
  timeZone: string,
): readonly ExportOffer[] | undefined {
  const around = (database: string) => ({ session: databases.get(database), format, timeZone });
  const timeline = readAddress(timelines.documents.active?.document.uri.query ?? '');
  if (timeline) return timelineOffers(timeline, around(timeline.database));
  const ofPriors = readPriorsAddress(priorsPanels.active ?? priors.documents.active?.document.uri.query ?? '');
  return ofPriors && priorsOffers(ofPriors, { ...around(ofPriors.database), language: vscode.env.language });
}
