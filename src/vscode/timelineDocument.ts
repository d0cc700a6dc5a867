import * as vscode from 'vscode';
import { asOccupancyError, DatabaseMissingError } from '../core/errors';
import type { Format } from '../core/format';
import { columnWidth, rangeBounds } from '../core/timeline/timelineRange';
import { utcTextOfMicroseconds } from '../core/time';
import { describeCell } from '../core/timeline/describeCell';
import { plotTimeline } from '../core/timeline/plotTimeline';
import { readAddress, subjectName, type TimelineAddress, writeAddress } from '../core/timeline/timelineAddress';
import { revealTarget } from '../core/timeline/revealTarget';
import { cellAt, type PlotCell, type TimelinePlot } from '../core/timeline/timelinePlot';
import { wrap } from '../core/wrap';
import type { Databases } from './databases';
import type { DatabaseSession } from './databaseSession';
import { commandIds, timelineScheme } from './ids';
import { ReadOnlyFiles } from './readOnlyFiles';
import { decorateTimeline, timelineDecorations } from './timelineDecorations';

/** ms between two readings of a timeline that follows its database. */
const PERIOD = 1000;

/** Timelines that are remembered as they were drawn, for their colours and hovers: more than can be seen at once. */
const MOST_DRAWN = 30;

/** A timeline that was drawn, and what it was drawn from. */
export interface DrawnTimeline {
  readonly address: TimelineAddress;
  readonly plot: TimelinePlot;
}

/** A timeline as a read-only document of text: what is drawn is in its address. One that can be seen follows its database. */
export class TimelineDocuments implements vscode.HoverProvider, vscode.Disposable {
  readonly #databases: Databases;
  readonly #format: Format;
  readonly #timeZone: string;
  readonly #drawn = new Map<string, DrawnTimeline>();
  readonly #decorations = timelineDecorations();
  readonly #files = new ReadOnlyFiles(timelineScheme, (uri) => this.#read(uri));
  readonly #subscriptions: vscode.Disposable;
  #refreshing: NodeJS.Timeout | undefined;

  constructor(databases: Databases, format: Format, timeZone: string) {
    this.#databases = databases;
    this.#format = format;
    this.#timeZone = timeZone;
    this.#subscriptions = vscode.Disposable.from(
      this.#files,
      ...this.#decorations.values(),
      vscode.languages.registerHoverProvider({ scheme: timelineScheme }, this),
      databases.onDidChangeData(() => this.#follow()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#decorate()),
      vscode.workspace.onDidChangeTextDocument(() => this.#decorate()),
      vscode.workspace.onDidOpenTextDocument((document) => void setLanguage(document)),
    );
  }

  /** Whether one can be seen, which is when its database is to be watched. */
  get visible(): boolean {
    return this.#editors.length > 0;
  }

  /** What a document shows; undefined for any other document. */
  drawn(document: vscode.TextDocument): DrawnTimeline | undefined {
    const known = this.#drawn.get(document.uri.toString());
    return known?.plot.text === document.getText() ? known : undefined;
  }

  /** Opens a timeline. @returns its editor */
  async open(address: TimelineAddress, options: vscode.TextDocumentShowOptions = {}): Promise<vscode.TextEditor> {
    const document = await setLanguage(await vscode.workspace.openTextDocument(timelineUri(address)));
    return vscode.window.showTextDocument(document, { preview: true, ...options });
  }

  async provideHover(
    document: vscode.TextDocument,
    { line, character }: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const drawn = this.drawn(document);
    const cell = drawn && cellAt(drawn.plot, line, character);
    if (!cell) return undefined;
    // What cannot be read says so in the document itself, at its next reading.
    const lines = await this.#describe(drawn.address, cell, token).catch(() => undefined);
    if (!lines) return undefined;
    const text = new vscode.MarkdownString('', true);
    text.isTrusted = { enabledCommands: [commandIds.timelineRevealInterval] };
    lines.forEach((fact, index) => text.appendText(fact).appendMarkdown(index === 0 ? '\n\n' : '  \n'));
    const target = revealTarget(drawn.address.database, cell);
    if (target) {
      const link = `command:${commandIds.timelineRevealInterval}?${encodeURIComponent(JSON.stringify([target]))}`;
      text.appendMarkdown(`\n[$(history) ${vscode.l10n.t('Show in Intervals')}](${link})`);
    }
    return new vscode.Hover(text, new vscode.Range(line, character, line, character + 1));
  }

  dispose(): void {
    clearTimeout(this.#refreshing);
    this.#subscriptions.dispose();
  }

  get #editors(): readonly vscode.TextEditor[] {
    return vscode.window.visibleTextEditors.filter(({ document }) => document.uri.scheme === timelineScheme);
  }

  async #read(uri: vscode.Uri): Promise<string> {
    const address = readAddress(uri.query);
    if (!address) return vscode.l10n.t('This is not the address of a timeline. Run Show Timeline.');
    try {
      const plot = await this.#draw(address);
      this.#keep(uri.toString(), { address, plot });
      return plot.text;
    } catch (thrown) {
      // Rejecting would leave the last timeline in the editor, as if it were so still.
      const { message, nextStep } = asOccupancyError(thrown);
      return [...wrap(`${message} ${nextStep}`, 80), ''].join('\n');
    }
  }

  /** Keeps the newest. When a document is closed is no measure: VS Code says so too when the language of one is set. */
  #keep(key: string, drawn: DrawnTimeline): void {
    this.#drawn.delete(key);
    this.#drawn.set(key, drawn);
    const [oldest] = this.#drawn.keys();
    if (this.#drawn.size > MOST_DRAWN && oldest !== undefined) this.#drawn.delete(oldest);
  }

  async #draw({ database, subject, range }: TimelineAddress): Promise<TimelinePlot> {
    const reader = this.#reader(database);
    const { from, to } = rangeBounds(range, this.#timeZone);
    const query = { ...subject, ...bounds(from, to), resolution: columnWidth(range) / 1000 };
    const [timeline, { entities: names }] = await Promise.all([reader.getTimeline(query), reader.getFriendlyNames()]);
    const title = 'area' in subject ? subject.area : (names.get(subject.entity) ?? subject.entity);
    const keys = vscode.l10n.t(
      'Keys: p earlier, n later, t today, d day, w week, m four weeks, g go to date, Enter shows the interval in its view.',
    );
    return plotTimeline(timeline, {
      title,
      range,
      names,
      timeZone: this.#timeZone,
      format: this.#format,
      now: Date.now(),
      keys,
    });
  }

  /** Read for just that cell: what is drawn may have been merged with its neighbours. */
  async #describe({ database, subject }: TimelineAddress, cell: PlotCell, token: vscode.CancellationToken): Promise<string[]> {
    const { lane } = cell.row;
    const of = 'entityId' in lane ? { entity: lane.entityId } : subject;
    const query = { ...of, ...bounds(cell.from, cell.to), resolution: (cell.to - cell.from) / 1000 };
    return describeCell(cell, await this.#reader(database).getTimeline(query, signalOf(token)), this.#format);
  }

  #reader(database: string): DatabaseSession['reader'] {
    const session = this.#databases.find(database);
    if (session) return session.reader;
    throw new DatabaseMissingError(`${database} is not open.`, 'Run Open Database; the timeline then comes by itself.');
  }

  /** Commits may come many times a second, and each timeline is a hundred reads. */
  #follow(): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = undefined;
      this.#files.announce(this.#editors.map(({ document }) => document.uri));
    }, PERIOD);
  }

  #decorate(): void {
    for (const editor of this.#editors) {
      const drawn = this.drawn(editor.document);
      decorateTimeline(editor, this.#decorations, drawn?.plot.spans ?? []);
    }
  }
}

/** The path is for the title, so what would part it is replaced; the query has everything. */
function timelineUri(address: TimelineAddress): vscode.Uri {
  const name = subjectName(address.subject).replaceAll(/[/\\]/g, '_');
  return vscode.Uri.from({ scheme: timelineScheme, path: `/${name}.timeline`, query: writeAddress(address) });
}

/** For this language package.json sets the editor up: no line numbers, no wrapping. */
async function setLanguage(document: vscode.TextDocument): Promise<vscode.TextDocument> {
  const isOurs = document.uri.scheme === timelineScheme && document.languageId !== timelineScheme;
  if (!isOurs) return document;
  // One that was closed meanwhile has no language to set.
  return vscode.languages.setTextDocumentLanguage(document, timelineScheme).then(
    (ours) => ours,
    () => document,
  );
}

function bounds(from: number, to: number): { from: string; to: string } {
  return { from: utcTextOfMicroseconds(from), to: utcTextOfMicroseconds(to) };
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
