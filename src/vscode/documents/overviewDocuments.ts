import * as vscode from 'vscode';
import { InvalidDataError } from '../../core/errors';
import { type OverviewAddress, readOverviewAddress, writeOverviewAddress } from '../../core/overview/overviewAddress';
import type { OverviewSubject } from '../../core/overview/overviewModel';
import { overviewCellAt, type OverviewPlot, plotOverview } from '../../core/overview/plotOverview';
import { localDay } from '../../core/time';
import type { Databases } from '../databases';
import { commandIds, documentSchemes } from '../ids';
import type { OverviewSections } from '../overviewSections';
import { commandLink } from './hoverText';
import { LiveDocuments, type DocumentSource } from './liveDocuments';

interface DrawnOverview extends OverviewPlot {
  readonly address: OverviewAddress;
}

/** Overviews as text. */
export class OverviewDocuments implements DocumentSource<DrawnOverview>, vscode.Disposable {
  readonly scheme = documentSchemes.overview;
  readonly documents: LiveDocuments<DrawnOverview>;
  readonly #databases: Databases;
  readonly #sections: OverviewSections;
  readonly #timeZone: string;

  constructor(databases: Databases, sections: OverviewSections, timeZone: string, onDidChange: vscode.Event<void>) {
    this.#databases = databases;
    this.#sections = sections;
    this.#timeZone = timeZone;
    this.documents = new LiveDocuments(this, onDidChange);
  }

  open(address: OverviewAddress, options?: vscode.TextDocumentShowOptions): Promise<vscode.TextEditor> {
    const name = address.area ?? this.#databases.find(address.database)?.name ?? address.database;
    return this.documents.open(`${name}.overview`, writeOverviewAddress(address), options);
  }

  async draw(query: string): Promise<DrawnOverview> {
    const address = readOverviewAddress(query);
    if (!address) throw new InvalidDataError('This is not the address of an overview.', 'Run Show Overview.');
    return { ...plotOverview(await this.#sections.all(address)), address };
  }

  async hover(drawn: DrawnOverview, { line, character }: vscode.Position): Promise<vscode.MarkdownString | undefined> {
    const cell = overviewCellAt(drawn, line, character);
    if (!cell?.hint && !cell?.subject) return undefined;
    const text = new vscode.MarkdownString('', true);
    text.isTrusted = { enabledCommands: [commandIds.showTimeline, commandIds.showIntervals] };
    // Names may be longer than what the text has room for.
    text.appendText([cell.text, cell.hint].filter((part) => part !== undefined && part !== '').join('\n'));
    if (cell.subject) text.appendMarkdown(`\n\n${this.#links(drawn.address.database, cell.subject)}`);
    return text;
  }

  dispose(): void {
    this.documents.dispose();
  }

  #links(database: string, subject: OverviewSubject): string {
    const day = localDay(Date.now(), this.#timeZone);
    return [
      commandLink('graph-line', vscode.l10n.t('Show Timeline'), commandIds.showTimeline, { database, subject, day }),
      commandLink('history', vscode.l10n.t('Show Intervals'), commandIds.showIntervals, { database, subject }),
    ].join(' &nbsp; ');
  }
}
