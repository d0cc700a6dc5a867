import * as vscode from 'vscode';
import type { CheckReport } from '../core/check/checkReport';
import type { Format } from '../core/format';
import { type CheckedDatabase, FindingsTree } from '../core/tree/findingsTree';
import type { Databases } from './databases';
import type { DatabaseSession } from './databaseSession';
import { contextKeys, viewIds } from './ids';
import { OccupancyView } from './occupancyView';

/** The latest check of each open database, and the view of what they found; it is there as long as something is. */
export class Checks implements vscode.Disposable {
  readonly view: OccupancyView;
  readonly #databases: Databases;
  readonly #format: Format;
  readonly #reports = new Map<string, CheckReport>();
  readonly #subscription: vscode.Disposable;

  constructor(databases: Databases, format: Format) {
    this.#databases = databases;
    this.#format = format;
    this.view = new OccupancyView(viewIds.findings, new FindingsTree(() => this.#shown), format);
    this.#subscription = databases.onDidChangeData(() => void this.#forgetClosed());
  }

  /** undefined for a database that was not checked. */
  report(database: string): CheckReport | undefined {
    return this.#reports.get(database);
  }

  async add(session: DatabaseSession, report: CheckReport): Promise<void> {
    this.#reports.set(session.path, report);
    await this.#show();
    if (report.findings.length > 0) await vscode.commands.executeCommand(`${viewIds.findings}.focus`);
  }

  /** Takes the view away, and forgets what was found. */
  async clear(): Promise<void> {
    this.#reports.clear();
    await this.#show();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.view.dispose();
  }

  get #shown(): readonly CheckedDatabase[] {
    return this.#databases.all.flatMap(({ path, name }) => {
      const report = this.#reports.get(path);
      return report && report.findings.length > 0 ? [{ database: path, name, report }] : [];
    });
  }

  async #show(): Promise<void> {
    const shown = this.#shown;
    const latest = Math.max(...shown.map(({ report }) => report.startedAt));
    this.view.view.description = shown.length > 0 ? vscode.l10n.t('checked at {0}', this.#format.timeOf(latest)) : '';
    await vscode.commands.executeCommand('setContext', contextKeys.hasFindings, shown.length > 0);
    await this.view.refreshNow();
  }

  async #forgetClosed(): Promise<void> {
    const closed = [...this.#reports.keys()].filter((path) => !this.#databases.find(path));
    for (const path of closed) this.#reports.delete(path);
    if (closed.length > 0) await this.#show();
  }
}
