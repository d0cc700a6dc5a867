import * as vscode from 'vscode';
import type { PlotSpan } from '../../core/text/plotSpan';
import { Follower } from '../follower';
import { signalOf } from '../signalOf';
import { decoratePlot, plotDecorations } from './plotDecorations';
import { faultText } from './faultText';
import { ReadOnlyFiles } from './readOnlyFiles';

/** Documents that are remembered as they were drawn, for their colours and hovers: more than can be seen at once. */
const MOST_DRAWN = 30;

/** Width of an error's text, since an editor does not wrap by itself. */
const TEXT_COLUMNS = 80;

/** A view as text. */
export interface DrawnDocument {
  readonly text: string;
  readonly spans: readonly PlotSpan[];
}

/** What the documents of one scheme show. */
export interface DocumentSource<D extends DrawnDocument> {
  /** Also the language, for which package.json sets the editor up. */
  readonly scheme: string;
  /** @param query that of the document's address, from which it is drawn again after a reload. What is thrown is said in the document. */
  draw(query: string): Promise<D>;
  /** What there is to say of a place; undefined for nothing. */
  hover?(drawn: D, place: vscode.Position, signal: AbortSignal): Promise<vscode.MarkdownString | undefined>;
}

/**
 * Views as read-only documents of text, for windows that render no webviews, and for who prefers text. What is drawn is in the
 * address; one that can be seen follows its database.
 */
export class LiveDocuments<D extends DrawnDocument> implements vscode.HoverProvider, vscode.Disposable {
  readonly #source: DocumentSource<D>;
  readonly #drawn = new Map<string, D>();
  readonly #decorations = plotDecorations();
  readonly #files: ReadOnlyFiles;
  readonly #subscriptions: vscode.Disposable;

  /** @param onDidChangeData when the documents may have changed */
  constructor(source: DocumentSource<D>, onDidChangeData: vscode.Event<void>) {
    this.#source = source;
    this.#files = new ReadOnlyFiles(source.scheme, (uri) => this.#read(uri));
    this.#subscriptions = vscode.Disposable.from(
      this.#files,
      ...this.#decorations.values(),
      vscode.languages.registerHoverProvider({ scheme: source.scheme }, this),
      new Follower(onDidChangeData, () => this.#files.announce(this.#editors.map(({ document }) => document.uri))),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#decorate()),
      vscode.workspace.onDidChangeTextDocument(() => this.#decorate()),
      vscode.workspace.onDidOpenTextDocument((document) => void this.#setLanguage(document)),
    );
  }

  /** Whether one can be seen, which is when its database is to be watched. */
  get visible(): boolean {
    return this.#editors.length > 0;
  }

  /** The editor of one that is active; undefined while another editor is. */
  get active(): vscode.TextEditor | undefined {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.uri.scheme === this.#source.scheme ? editor : undefined;
  }

  /** What a document shows; undefined for any other document, and for one that is just being drawn anew. */
  drawn(document: vscode.TextDocument): D | undefined {
    const known = this.#drawn.get(document.uri.toString());
    return known?.text === document.getText() ? known : undefined;
  }

  /**
   * @param title name and extension, for the tab
   * @param query what it is drawn from
   */
  async open(title: string, query: string, options: vscode.TextDocumentShowOptions = {}): Promise<vscode.TextEditor> {
    const uri = vscode.Uri.from({ scheme: this.#source.scheme, path: `/${title.replaceAll(/[/\\]/g, '_')}`, query });
    // One that is open already may not have changed since, as far as anybody told.
    this.#files.announce([uri]);
    const document = await this.#setLanguage(await vscode.workspace.openTextDocument(uri));
    return vscode.window.showTextDocument(document, { preview: true, ...options });
  }

  async provideHover(
    document: vscode.TextDocument,
    place: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const drawn = this.drawn(document);
    // What cannot be read says so in the document itself, at its next reading.
    const text = drawn && (await this.#source.hover?.(drawn, place, signalOf(token)).catch(() => undefined));
    return text && new vscode.Hover(text, new vscode.Range(place, place.translate(0, 1)));
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  get #editors(): readonly vscode.TextEditor[] {
    return vscode.window.visibleTextEditors.filter(({ document }) => document.uri.scheme === this.#source.scheme);
  }

  async #read(uri: vscode.Uri): Promise<string> {
    try {
      const drawn = await this.#source.draw(uri.query);
      this.#keep(uri.toString(), drawn);
      return drawn.text;
    } catch (thrown) {
      return faultText(thrown, TEXT_COLUMNS);
    }
  }

  /** Keeps the newest. When a document is closed is no measure: VS Code says so too when the language of one is set. */
  #keep(key: string, drawn: D): void {
    this.#drawn.delete(key);
    this.#drawn.set(key, drawn);
    const [oldest] = this.#drawn.keys();
    if (this.#drawn.size > MOST_DRAWN && oldest !== undefined) this.#drawn.delete(oldest);
  }

  #decorate(): void {
    for (const editor of this.#editors) decoratePlot(editor, this.#decorations, this.drawn(editor.document)?.spans ?? []);
  }

  /** For this language package.json sets the editor up: no line numbers, no wrapping. */
  async #setLanguage(document: vscode.TextDocument): Promise<vscode.TextDocument> {
    const { scheme } = this.#source;
    if (document.uri.scheme !== scheme || document.languageId === scheme) return document;
    // One that was closed meanwhile has no language to set.
    return vscode.languages.setTextDocumentLanguage(document, scheme).then(
      (ours) => ours,
      () => document,
    );
  }
}
