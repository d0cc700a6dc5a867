import * as vscode from 'vscode';
import type { AreaNode, DayNode, EntityNode, IntervalNode } from '../../core/tree/nodes';
import { localDay, utcMicroseconds } from '../../core/time';
import type { TimelineSubject } from '../../core/timeline/timelineAddress';
import { placeOf } from '../../core/timeline/timelinePlot';
import type { Databases } from '../databases';
import type { TimelineDocuments } from '../documents/timelineDocuments';
import { pickArea } from '../pickArea';

export type TimelineRow = AreaNode | EntityNode | DayNode | IntervalNode;

/** What a timeline is to be of. */
export interface TimelineOf {
  readonly database: string;
  readonly subject: TimelineSubject;
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** Where the cursor is to be. */
  readonly interval?: { readonly entityId: string; readonly startTime: string };
}

/** Opens the timeline that is asked for, that of a row on the row's day; or asks which area it is to be of. */
export async function showTimeline(
  databases: Databases,
  documents: TimelineDocuments,
  timeZone: string,
  of?: TimelineRow | TimelineOf,
): Promise<void> {
  const today = localDay(Date.now(), timeZone);
  const wanted = of && 'kind' in of ? wantedBy(of, timeZone, today) : (of ?? (await askForArea(databases, today)));
  if (!wanted) return;
  const { database, subject, day, interval } = wanted;
  const editor = await documents.open({ database, subject, range: { length: 'day', day } });
  const drawn = interval && documents.documents.drawn(editor.document);
  const place = drawn && placeOf(drawn, utcMicroseconds(interval.startTime), interval.entityId);
  if (place) editor.selection = new vscode.Selection(place.line, place.character, place.line, place.character);
}

function wantedBy(node: TimelineRow, timeZone: string, today: string): TimelineOf | undefined {
  const { database } = node;
  switch (node.kind) {
    case 'area':
      return { database, subject: { area: node.area.areaName }, day: today };
    case 'entity':
      return { database, subject: { entity: node.entity.entityId }, day: today };
    case 'day':
      return { database, subject: subjectOf(node), day: node.day.day };
    case 'interval': {
      const { interval, mixed } = node;
      const moment = utcMicroseconds(interval.startTime) / 1000;
      const areaName = mixed ? interval.areaName : null;
      const day = Number.isNaN(moment) ? today : localDay(moment, timeZone);
      return { database, subject: subjectOf({ areaName, entityId: interval.entityId }), day, interval };
    }
  }
}

function subjectOf({ areaName, entityId }: Pick<DayNode, 'areaName' | 'entityId'>): TimelineSubject {
  return areaName === null ? { entity: entityId ?? '' } : { area: areaName };
}

async function askForArea(databases: Databases, day: string): Promise<TimelineOf | undefined> {
  const picked = await pickArea(databases, vscode.l10n.t('Show Timeline'));
  return picked && { database: picked.database, subject: { area: picked.area }, day };
}
