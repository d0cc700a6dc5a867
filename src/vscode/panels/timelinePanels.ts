import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Format } from '../../core/format';
import { readAddress, subjectName, type TimelineAddress, writeAddress } from '../../core/timeline/timelineAddress';
import { describeMoment, lanesQuery, readOutline } from '../../core/timeline/timelineAnswers';
import { type TimelineRequests, timelineSchemas } from '../../protocol/timelineRequests';
import type { RequestHandlers } from '../../protocol/viewProtocol';
import type { Databases } from '../databases';
import type { DatabaseSession } from '../databaseSession';
import type { TimelineDocuments } from '../documents/timelineDocuments';
import { commandIds, viewTypes } from '../ids';
import type { PanelSource } from './viewPanels';

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
        const { reader } = session();
        const { entities: names } = await reader.getFriendlyNames();
        const outline = await readOutline(reader, names, known().subject);
        const current = createHash('sha256').update(JSON.stringify(outline)).digest('base64url');
        return current === version ? null : { version: current, outline };
      },
      lanes: (params, signal) => session().reader.getLanes(lanesQuery(params), signal),
      describe: (moment, signal) => describeMoment(session().reader, moment, this.#format, signal),
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
}
