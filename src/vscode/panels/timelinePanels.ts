import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Format } from '../../core/format';
import { utcMicroseconds, utcTextOfMicroseconds } from '../../core/time';
import { describeCell } from '../../core/timeline/describeCell';
import { describeInterval } from '../../core/timeline/describeInterval';
import { readAddress, subjectName, type TimelineAddress, writeAddress } from '../../core/timeline/timelineAddress';
import { outlineArea, type TimelineOutline } from '../../core/timeline/timelineOutline';
import { type LaneMoment, type LanesParams, type TimelineRequests, timelineSchemas } from '../../protocol/timelineRequests';
import type { RequestHandlers } from '../../protocol/viewProtocol';
import type { Databases } from '../databases';
import type { DatabaseSession } from '../databaseSession';
import type { TimelineDocuments } from '../documents/timelineDocuments';
import { commandIds, viewTypes } from '../ids';
import type { PanelSource } from './viewPanels';

/** Intervals that begin before a moment and may have ended before it, while an earlier one goes on. */
const CANDIDATES = 20;

/** Timelines as webview panels. */
export class TimelinePanels implements PanelSource<TimelineRequests> {
  readonly viewType = viewTypes.timeline;
  readonly name = 'timeline';
  readonly schemas = timelineSchemas;
  readonly #databases: Databases;
  readonly #documents: TimelineDocuments;
  readonly #format: Format;
  readonly #timeZone: string;

  constructor(databases: Databases, documents: TimelineDocuments, format: Format, timeZone: string) {
    this.#databases = databases;
    this.#documents = documents;
    this.#format = format;
    this.#timeZone = timeZone;
  }

  title(address: string): string | undefined {
    const known = readAddress(address);
    return known && subjectName(known.subject);
  }

  /** The lanes of an address: one panel shows whatever range of them. */
  key(address: string): string {
    const known = readAddress(address);
    return known
      ? writeAddress({ database: known.database, subject: known.subject, range: { length: 'day', day: '' } })
      : address;
  }

  handlers(address: () => string): RequestHandlers<TimelineRequests> {
    const known = (): TimelineAddress => {
      const read = readAddress(address());
      if (!read) throw new Error('A panel has an address that is none.');
      return read;
    };
    const session = (): DatabaseSession => this.#databases.get(known().database);
    return {
      settings: () => ({ language: vscode.env.language, timeZone: this.#timeZone }),
      outline: async (version) => {
        const outline = await readOutline(session(), known());
        const current = createHash('sha256').update(JSON.stringify(outline)).digest('base64url');
        return current === version ? null : { version: current, outline };
      },
      lanes: (params, signal) => session().reader.getLanes(lanesQuery(params), signal),
      describe: (moment, signal) => this.#describe(session(), moment, signal),
      reveal: async ({ entity, name, from, to }) => {
        if (!entity) return;
        const target = { database: known().database, entityId: entity.entityId, name, from, to };
        await vscode.commands.executeCommand(commandIds.timelineRevealInterval, target);
      },
      sync: async () => vscode.commands.executeCommand(commandIds.sync, { database: known().database }),
    };
  }

  async showAsText(address: string, viewColumn: vscode.ViewColumn | undefined): Promise<void> {
    const known = readAddress(address);
    if (known) await this.#documents.open(known, viewColumn === undefined ? {} : { viewColumn });
  }

  /** Read for just that moment: what is drawn is rounded, and may have been merged. */
  async #describe({ reader }: DatabaseSession, moment: LaneMoment, signal: AbortSignal): Promise<readonly string[]> {
    const { name, area, entity, at, from, to, isOne } = moment;
    if (entity && isOne) {
      const query = { entity: entity.entityId, to: utcTextOfMicroseconds(at + 1), limit: CANDIDATES };
      const intervals = await reader.getIntervals(query);
      const interval = intervals.find(({ endTime }) => utcMicroseconds(endTime) > at);
      if (interval) return describeInterval(name, interval, this.#format);
    }
    const of = entity ? { entity: entity.entityId } : { area: area ?? '' };
    const query = { ...of, from: utcTextOfMicroseconds(from), to: utcTextOfMicroseconds(to), resolution: (to - from) / 1000 };
    const exact = await reader.getTimeline(query, signal);
    const lane = entity ? exact.lanes[0] : exact.occupied;
    return lane
      ? describeCell({ row: { line: 0, start: 0, name, area, lane }, character: 0, from, to }, exact, this.#format)
      : [name];
  }
}

async function readOutline({ reader }: DatabaseSession, { subject }: TimelineAddress): Promise<TimelineOutline> {
  const { entities: names } = await reader.getFriendlyNames();
  if ('entity' in subject) {
    const all = await reader.getEntities();
    const known = all.find(({ entityId }) => entityId === subject.entity);
    return { areas: [outlineArea(null, [known ?? { entityId: subject.entity, entityType: 'unknown' }], names)] };
  }
  const areas = subject.areas.map(async (area) => outlineArea(area, await reader.getEntities({ area }), names));
  return { areas: await Promise.all(areas) };
}

function lanesQuery({ from, to, resolution, ...lanes }: LanesParams): Parameters<DatabaseSession['reader']['getLanes']>[0] {
  return { ...lanes, from: utcTextOfMicroseconds(from), to: utcTextOfMicroseconds(to), resolution: resolution / 1000 };
}
