import * as vscode from 'vscode';
import { plotLockMetrics } from '../../core/metrics/plotLockMetrics';
import type { Databases } from '../databases';
import { documentSchemes } from '../ids';
import { pickDatabase, type OfDatabase } from '../pickDatabase';
import { LiveDocuments, type DocumentSource, type DrawnDocument } from './liveDocuments';

/** ms between two readings of metrics that can be seen: nothing tells when they change. */
const PERIOD = 2000;

/** What the window's use of a lock cost, as text that follows it. The address is the path of the database. */
export class LockMetricsDocuments implements DocumentSource<DrawnDocument>, vscode.Disposable {
  readonly scheme = documentSchemes.lockMetrics;
  readonly #databases: Databases;
  readonly #changeEmitter = new vscode.EventEmitter<void>();
  readonly #documents: LiveDocuments<DrawnDocument>;
  readonly #timer: NodeJS.Timeout;

  constructor(databases: Databases) {
    this.#databases = databases;
    this.#documents = new LiveDocuments(this, this.#changeEmitter.event);
    this.#timer = setInterval(() => this.#documents.visible && this.#changeEmitter.fire(), PERIOD);
  }

  async show(of?: OfDatabase): Promise<void> {
    const session = await pickDatabase(this.#databases, of, vscode.l10n.t('Show Lock Metrics'));
    if (session) await this.#documents.open(`${session.name}.lock-metrics`, session.path);
  }

  async reset(of?: OfDatabase): Promise<void> {
    const session = await pickDatabase(this.#databases, databaseOf(of), vscode.l10n.t('Reset Lock Metrics'));
    await session?.reader.resetLockMetrics();
    this.#changeEmitter.fire();
  }

  async draw(path: string): Promise<DrawnDocument> {
    const { reader, name } = this.#databases.get(path);
    const hint = vscode.l10n.t('Reset Lock Metrics counts anew; Export Lock Metrics writes them as JSON or for Prometheus.');
    return plotLockMetrics(await reader.getLockMetrics(), vscode.l10n.t('Lock of {0}', name), hint);
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#documents.dispose();
    this.#changeEmitter.dispose();
  }
}

/** The title of an editor hands over its document's address; everything else that hands over something hands over a row. */
export function databaseOf(of: OfDatabase | vscode.Uri | undefined): OfDatabase | undefined {
  return of instanceof vscode.Uri ? { database: of.query } : of;
}
