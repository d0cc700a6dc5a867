import * as vscode from 'vscode';
import { InvalidDataError } from '../../core/errors';
import type { Format } from '../../core/format';
import { type OverviewAddress, readOverviewAddress, writeOverviewAddress } from '../../core/overview/overviewAddress';
import { localDay } from '../../core/time';
import type { RequestHandlers } from '../../protocol/viewProtocol';
import { type OverviewRequests, overviewSchemas, type ShowRequest } from '../../protocol/overviewRequests';
import { databasePath } from '../databasePath';
import type { Databases } from '../databases';
import { OverviewDocuments } from '../documents/overviewDocuments';
import { either } from '../either';
import { commandIds, viewTypes } from '../ids';
import { OverviewSections } from '../overviewSections';
import { type PanelSource, ViewPanels } from './viewPanels';
import { wantsWebview } from './webviewsRender';

/**
 * Overviews as pages: panels of their own, and the editor that a file of that name can be opened with. Where webviews do not render,
 * either is the text instead.
 */
export class OverviewPanels implements PanelSource<OverviewRequests>, vscode.CustomReadonlyEditorProvider, vscode.Disposable {
  readonly viewType = viewTypes.overview;
  readonly name = 'overview';
  readonly schemas = overviewSchemas;
  readonly onDidChangeVisible: vscode.Event<void>;
  readonly panels: ViewPanels<OverviewRequests>;
  readonly #documents: OverviewDocuments;
  readonly #databases: Databases;
  readonly #sections: OverviewSections;
  readonly #timeZone: string;
  readonly #subscriptions: vscode.Disposable;

  constructor(
    databases: Databases,
    format: Format,
    timeZone: string,
    context: vscode.ExtensionContext,
    log: vscode.LogOutputChannel,
  ) {
    this.#databases = databases;
    this.#timeZone = timeZone;
    this.#sections = new OverviewSections(databases, format);
    const onDidChange = either(databases.onDidChangeData, databases.onDidChangeLock);
    this.#documents = new OverviewDocuments(databases, this.#sections, timeZone, onDidChange);
    this.panels = new ViewPanels(this, context, log, onDidChange);
    this.onDidChangeVisible = this.panels.onDidChangeVisible;
    this.#subscriptions = vscode.Disposable.from(
      this.#documents,
      this.panels,
      vscode.window.registerCustomEditorProvider(viewTypes.overview, this, { supportsMultipleEditorsPerDocument: true }),
    );
  }

  /** Those that are text. */
  get documents(): OverviewDocuments['documents'] {
    return this.#documents.documents;
  }

  /** Shows an overview as this window can. */
  async open(address: OverviewAddress): Promise<void> {
    if (await wantsWebview()) this.panels.open(writeOverviewAddress(address));
    else await this.#documents.open(address);
  }

  title(address: string): string | undefined {
    const read = readOverviewAddress(address);
    return read && (read.area ?? this.#databases.find(read.database)?.name ?? vscode.l10n.t('Overview'));
  }

  handlers(address: () => string): RequestHandlers<OverviewRequests> {
    return {
      getDatabase: () => this.#sections.database(known(address())),
      getArea: ({ area, all }) => this.#sections.area(known(address()).database, area, all),
      show: (request) => this.#show(known(address()).database, request),
    };
  }

  async showAsText(address: string, viewColumn: vscode.ViewColumn | undefined): Promise<void> {
    await this.#documents.open(known(address), viewColumn === undefined ? {} : { viewColumn });
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => {} };
  }

  async resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): Promise<void> {
    const { path } = await this.#databases.open(databasePath(uri));
    const address = writeOverviewAddress({ database: path, area: null });
    if (await wantsWebview()) return this.panels.adopt(panel, address);
    await this.showAsText(address, panel.viewColumn);
    panel.dispose();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #show(database: string, { view, subject }: ShowRequest): Promise<void> {
    switch (view) {
      case 'overview':
        return this.open({ database, area: 'area' in subject ? subject.area : null });
      case 'timeline': {
        const day = localDay(Date.now(), this.#timeZone);
        return void vscode.commands.executeCommand(commandIds.showTimeline, { database, subject, day });
      }
      case 'priors':
        if (!('area' in subject)) return;
        return void vscode.commands.executeCommand(commandIds.showPriors, { database, area: subject.area, other: null });
      case 'intervals':
        return void vscode.commands.executeCommand(commandIds.showIntervals, { database, subject });
    }
  }
}

function known(address: string): OverviewAddress {
  const read = readOverviewAddress(address);
  if (read) return read;
  throw new InvalidDataError('This is not the address of an overview.', 'Close it and run Show Overview.');
}
