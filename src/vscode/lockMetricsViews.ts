import { basename } from 'node:path';
import * as vscode from 'vscode';
import { plotLockMetrics } from '../core/metrics/plotLockMetrics';
import { type LockMetricsRequests, lockMetricsSchemas } from '../protocol/lockMetricsRequests';
import type { RequestHandlers } from '../protocol/viewProtocol';
import type { Databases } from './databases';
import { type DocumentSource, type DrawnDocument, LiveDocuments } from './documents/liveDocuments';
import { documentSchemes, viewTypes } from './ids';
import { type PanelSource, ViewPanels } from './panels/viewPanels';
import { wantsWebview } from './panels/webviewsRender';
import { pickDatabase, type OfDatabase } from './pickDatabase';

/** ms between two readings of metrics that can be seen: nothing tells when they change. */
const PERIOD = 2000;

/** What the window's use of a lock cost, drawn and as text, both following it. The address is the path of the database. */
export class LockMetricsViews implements PanelSource<LockMetricsRequests>, DocumentSource<DrawnDocument>, vscode.Disposable {
  readonly viewType = viewTypes.lockMetrics;
  readonly name = 'lockMetrics';
  readonly schemas = lockMetricsSchemas;
  readonly scheme = documentSchemes.lockMetrics;
  readonly panels: ViewPanels<LockMetricsRequests>;
  readonly documents: LiveDocuments<DrawnDocument>;
  readonly #databases: Databases;
  readonly #changeEmitter = new vscode.EventEmitter<void>();
  readonly #timer: NodeJS.Timeout;

  /** Metrics may have changed: all the time, and when they are reset. */
  readonly onDidChange = this.#changeEmitter.event;

  constructor(databases: Databases, context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#databases = databases;
    this.documents = new LiveDocuments(this, this.onDidChange);
    this.panels = new ViewPanels(this, context, log, this.onDidChange);
    this.#timer = setInterval(() => this.#changeEmitter.fire(), PERIOD);
  }

  async show(of?: OfDatabase): Promise<void> {
    const session = await pickDatabase(this.#databases, of, vscode.l10n.t('Show Lock Metrics'));
    if (!session) return;
    if (await wantsWebview()) this.panels.open(session.path);
    else await this.showAsText(session.path);
  }

  async reset(of?: OfDatabase | vscode.Uri): Promise<void> {
    const session = await pickDatabase(this.#databases, this.#shown(of), vscode.l10n.t('Reset Lock Metrics'));
    await session?.reader.resetLockMetrics();
    this.#changeEmitter.fire();
  }

  title(path: string): string | undefined {
    if (path === '') return undefined;
    return vscode.l10n.t('{0} Lock Metrics', this.#databases.find(path)?.name ?? basename(path));
  }

  handlers(path: () => string): RequestHandlers<LockMetricsRequests> {
    return {
      metrics: async () => {
        const { name, reader } = this.#databases.get(path());
        return { name, metrics: await reader.getLockMetrics() };
      },
      reset: () => this.reset({ database: path() }),
    };
  }

  async showAsText(path: string, viewColumn?: vscode.ViewColumn): Promise<void> {
    const name = this.#databases.find(path)?.name ?? basename(path);
    await this.documents.open(`${name}.lock-metrics`, path, viewColumn === undefined ? {} : { viewColumn });
  }

  async draw(path: string): Promise<DrawnDocument> {
    const { reader, name } = this.#databases.get(path);
    const hint = vscode.l10n.t('Reset Lock Metrics counts anew; Export writes them as JSON or for Prometheus.');
    return plotLockMetrics(await reader.getLockMetrics(), vscode.l10n.t('Lock of {0}', name), hint);
  }

  dispose(): void {
    clearInterval(this.#timer);
    vscode.Disposable.from(this.documents, this.panels, this.#changeEmitter).dispose();
  }

  /** The title of an editor hands over its document's address, or nothing for a panel; everything else hands over a row. */
  #shown(of: OfDatabase | vscode.Uri | undefined): OfDatabase | undefined {
    if (of && !(of instanceof vscode.Uri)) return of;
    const path = of?.query || this.panels.active;
    return path === undefined ? undefined : { database: path };
  }
}
