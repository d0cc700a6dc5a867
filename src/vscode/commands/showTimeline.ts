import * as vscode from 'vscode';
import type { AreaNode, DayNode, EntityNode, IntervalNode, TreeNode } from '../../core/tree/nodes';
import { localDay, utcMicroseconds } from '../../core/time';
import { type OneSubject, type TimelineAddress, type TimelineSubject, writeAddress } from '../../core/timeline/timelineAddress';
import { placeOf } from '../../core/timeline/timelinePlot';
import type { Databases } from '../databases';
import type { ShowEvent, TimelineRequests } from '../../protocol/timelineRequests';
import type { TimelineDocuments } from '../documents/timelineDocuments';
import type { ViewPanels } from '../panels/viewPanels';
import { wantsWebview } from '../panels/webviewsRender';
import { pickAreas } from '../pickArea';

export type TimelineRow = AreaNode | EntityNode | DayNode | IntervalNode;

/** What a timeline is to be of. */
export interface TimelineOf {
  readonly database: string;
  readonly subject: TimelineSubject | OneSubject;
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** Where the cursor is to be. */
  readonly interval?: { readonly entityId: string; readonly startTime: string };
}

/** What a timeline is opened with. */
export interface TimelineParts {
  readonly databases: Databases;
  readonly documents: TimelineDocuments;
  readonly panels: ViewPanels<TimelineRequests>;
  readonly timeZone: string;
}

/**
 * Opens the timeline that is asked for, that of a row on the row's day, or that of all areas selected with it; or asks which areas
 * it is to be of.
 */
export async function showTimeline(
  parts: TimelineParts,
  of?: TimelineRow | TimelineOf,
  selected: readonly TreeNode[] = [],
): Promise<void> {
  const { databases, documents, panels, timeZone } = parts;
  const today = localDay(Date.now(), timeZone);
  const wanted = of && 'kind' in of ? wantedBy(of, selected, timeZone, today) : (of ?? (await askForAreas(databases, today)));
  if (!wanted) return;
  const { database, day, interval } = wanted;
  const subject = 'area' in wanted.subject ? { areas: [wanted.subject.area] } : wanted.subject;
  const at = utcMicroseconds(interval?.startTime ?? '');
  const focus = interval && !Number.isNaN(at) ? { focus: { entityId: interval.entityId, at } } : {};
  const address = { database, subject, range: { length: 'day', day }, ...focus } as const;
  if (await wantsWebview()) {
    const query = writeAddress(address);
    const event: ShowEvent = { event: 'show', address: query };
    panels.open(query, event);
    return;
  }
  await showAsText(documents, address);
}

async function showAsText(documents: TimelineDocuments, address: TimelineAddress): Promise<void> {
  const { focus, ...rest } = address;
  const editor = await documents.open(rest);
  const drawn = focus && documents.documents.drawn(editor.document);
  const place = drawn && placeOf(drawn, focus.at, focus.entityId);
  if (place) editor.selection = new vscode.Selection(place.line, place.character, place.line, place.character);
}

function wantedBy(node: TimelineRow, selected: readonly TreeNode[], timeZone: string, today: string): TimelineOf | undefined {
  const { database } = node;
  switch (node.kind) {
    case 'area':
      return { database, subject: { areas: areasWith(node, selected) }, day: today };
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

/** The areas of the same database that are selected together with one; only that one where it is not among them. */
function areasWith({ id, database, area }: AreaNode, selected: readonly TreeNode[]): readonly string[] {
  const areas = selected.filter((node): node is AreaNode => node.kind === 'area' && node.database === database);
  return areas.some((node) => node.id === id) ? areas.map((node) => node.area.areaName) : [area.areaName];
}

function subjectOf({ areaName, entityId }: Pick<DayNode, 'areaName' | 'entityId'>): TimelineSubject {
  return areaName === null ? { entity: entityId ?? '' } : { areas: [areaName] };
}

async function askForAreas(databases: Databases, day: string): Promise<TimelineOf | undefined> {
  const picked = await pickAreas(databases, vscode.l10n.t('Show Timeline'));
  const [first] = picked;
  return first && { database: first.database, subject: { areas: picked.map(({ area }) => area) }, day };
}
