import * as vscode from 'vscode';
import type { RequestHandlers, RequestSchemas, ViewEvent } from '../../protocol/viewProtocol';
import { Follower } from '../follower';
import { commandIds } from '../ids';
import { Rasteriser } from './rasteriser';
import { keptAddress, type PanelRequests, panelSchemas } from '../../protocol/panelRequests';
import { serveView } from './serveView';
import { viewHtml, WEBVIEW_FOLDER } from './viewHtml';

/** ms after which a page that can be seen and has not asked for anything is taken for one that does not render. */
const TIME_TO_START = 15_000;

/** What the panels of one kind show. An address is a text that says all that the view is of, as that of a text document does. */
export interface PanelSource<R> {
  readonly viewType: string;
  /** Of its bundle in dist/webview. */
  readonly name: string;
  /** Undefined where the address is not one. */
  title(address: string): string | undefined;
  /** What two addresses have in common that one panel is to show, whichever of them it shows; without it, nothing is. */
  key?(address: string): string;
  readonly schemas: RequestSchemas<R>;
  /** @param address what the panel shows at the moment */
  handlers(address: () => string): RequestHandlers<R>;
  /** Opens the same view as text. */
  showAsText(address: string, viewColumn: vscode.ViewColumn | undefined): Promise<void>;
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly rasteriser: Rasteriser;
  address: string;
  started: boolean;
}

/** The webview panels of one kind of view: one per address. They follow their database while they can be seen. */
export class ViewPanels<R> implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #source: PanelSource<R>;
  readonly #extensionUri: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;
  readonly #open = new Set<OpenPanel>();
  readonly #visibleEmitter = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;

  /** One of them came to be seen, or went out of sight. */
  readonly onDidChangeVisible = this.#visibleEmitter.event;

  /** @param onDidChangeData when what the panels show may have changed */
  constructor(
    source: PanelSource<R>,
    context: vscode.ExtensionContext,
    log: vscode.LogOutputChannel,
    onDidChangeData: vscode.Event<void>,
  ) {
    this.#source = source;
    this.#extensionUri = context.extensionUri;
    this.#log = log;
    this.#subscriptions = vscode.Disposable.from(
      this.#visibleEmitter,
      vscode.window.registerWebviewPanelSerializer(source.viewType, this),
      new Follower(onDidChangeData, () => this.#tellChanged()),
    );
  }

  /** Whether one can be seen, which is when its database is to be watched. */
  get visible(): boolean {
    return [...this.#open].some(({ panel }) => panel.visible);
  }

  /** The address of the panel that is active; undefined while none is. */
  get active(): string | undefined {
    return this.#active?.address;
  }

  get #active(): OpenPanel | undefined {
    return [...this.#open].find(({ panel }) => panel.active);
  }

  /** What draws an SVG as a PNG, in a panel of this address that can be seen; undefined without one. */
  rasteriser(address: string): ((svg: string) => Promise<Uint8Array>) | undefined {
    const key = this.#key(address);
    const able = [...this.#open].find((open) => open.started && open.panel.visible && this.#key(open.address) === key);
    return able && ((svg) => able.rasteriser.rasterise(svg));
  }

  /** Shows what the active panel shows as text instead, in its place. @returns whether there is one */
  async showActiveAsText(): Promise<boolean> {
    const active = this.#active;
    if (active) await this.#showAsText(active, active.address);
    return active !== undefined;
  }

  /** Shows the panel of an address, which is made where there is none. @param event what it is to be told besides */
  open(address: string, event?: ViewEvent): void {
    const key = this.#key(address);
    const known = [...this.#open].find((open) => this.#key(open.address) === key);
    if (known) {
      known.panel.reveal();
      if (event) void known.panel.webview.postMessage(event);
      return;
    }
    const panel = vscode.window.createWebviewPanel(this.#source.viewType, '', vscode.ViewColumn.Active);
    this.adopt(panel, address);
  }

  /** Makes a panel that VS Code gives ours: one that is restored, or a custom editor's. */
  adopt(panel: vscode.WebviewPanel, address: string): void {
    const rasteriser = new Rasteriser((event) => void panel.webview.postMessage(event));
    const open: OpenPanel = { panel, rasteriser, address, started: false };
    this.#open.add(open);
    this.#name(open);
    panel.iconPath = vscode.Uri.joinPath(this.#extensionUri, 'media/icon.png');
    const { webview } = panel;
    const folder = vscode.Uri.joinPath(this.#extensionUri, WEBVIEW_FOLDER);
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    const serving = this.#serve(open);
    panel.onDidChangeViewState(() => this.#visibleEmitter.fire());
    const impatience = setTimeout(() => void this.#giveUp(open), TIME_TO_START);
    panel.onDidDispose(() => {
      clearTimeout(impatience);
      this.#open.delete(open);
      serving.dispose();
      rasteriser.dispose();
      this.#visibleEmitter.fire();
    });
    webview.html = viewHtml(webview, this.#extensionUri, this.#source.name);
    this.#visibleEmitter.fire();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const address = keptAddress(state);
    if (address !== undefined && this.#source.title(address) !== undefined) this.adopt(panel, address);
    else panel.dispose();
  }

  dispose(): void {
    for (const { panel } of this.#open) panel.dispose();
    this.#subscriptions.dispose();
  }

  #key(address: string): string {
    return this.#source.key?.(address) ?? address;
  }

  #serve(open: OpenPanel): vscode.Disposable {
    const common: RequestHandlers<PanelRequests> = {
      openAddress: (address) => {
        open.started = true;
        if (address !== null) this.#turn(open, address);
        return open.address;
      },
      showAsText: (address) => this.#showAsText(open, address),
      export: (address) => {
        this.#turn(open, address);
        // Not waited for: it asks the user.
        void vscode.commands.executeCommand(commandIds.export, { viewType: this.#source.viewType, address: open.address });
      },
      rasterised: (rasterised) => open.rasteriser.answer(rasterised),
    };
    return serveView<R & PanelRequests>(
      open.panel.webview,
      { ...this.#source.schemas, ...panelSchemas } as RequestSchemas<R & PanelRequests>,
      { ...this.#source.handlers(() => open.address), ...common } as RequestHandlers<R & PanelRequests>,
      this.#log,
    );
  }

  /** From now on the panel is of this address, if it is one. */
  #turn(open: OpenPanel, address: string): void {
    if (this.#source.title(address) === undefined) return;
    open.address = address;
    this.#name(open);
  }

  async #showAsText({ panel }: OpenPanel, address: string): Promise<void> {
    await this.#source.showAsText(address, panel.viewColumn);
    panel.dispose();
  }

  #name({ panel, address }: OpenPanel): void {
    panel.title = this.#source.title(address) ?? '';
  }

  /** A panel that comes to be seen reads anyway. */
  #tellChanged(): void {
    for (const { panel } of this.#open) if (panel.visible) void panel.webview.postMessage({ event: 'changed' });
  }

  /** A window that does not render webviews shows an empty panel, or an error that is VS Code's own. */
  async #giveUp(open: OpenPanel): Promise<void> {
    if (open.started || !open.panel.visible) return;
    this.#log.warn(`${this.#source.viewType}: nothing came from the webview, so the view is shown as text.`);
    await this.#showAsText(open, open.address);
  }
}
