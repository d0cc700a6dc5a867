import * as vscode from 'vscode';
import type { DatabaseInfo } from '../core/database/databaseInfo';
import type { Format } from '../core/format';
import type { Pages } from '../core/tree/pages';
import { summarizeSync } from '../core/tree/summarizeSync';
import { SyncTree, type PlannedSync } from '../core/tree/syncTree';
import type { Databases } from './databases';
import type { DatabaseSession } from './databaseSession';
import { commandIds, contextKeys, viewIds } from './ids';
import { OccupancyView } from './occupancyView';
import { offer } from './offer';
import type { SyncSource } from './syncSource';

/** A plan that the database process keeps until the user says what becomes of it. */
export interface PendingSync extends PlannedSync {
  readonly session: DatabaseSession;
  /** The opening that it was planned in; another one has no plan. */
  readonly info: DatabaseInfo | null;
  readonly source: SyncSource;
}

/** The one sync that waits for the user's answer, and the view that shows it; the view is there as long as the plan is. */
export class SyncPreview implements vscode.Disposable {
  readonly view: OccupancyView;
  readonly #databases: Databases;
  readonly #format: Format;
  readonly #subscription: vscode.Disposable;
  #pending: PendingSync | undefined;
  #isBusy = false;

  constructor(databases: Databases, pages: Pages, format: Format) {
    this.#databases = databases;
    this.#format = format;
    this.view = new OccupancyView(viewIds.sync, new SyncTree(() => this.#pending, pages), format);
    this.#subscription = databases.onDidChangeData(() => void this.#closeWithDatabase());
  }

  get pending(): PendingSync | undefined {
    return this.#pending;
  }

  /** Whether the database process still has the plan: it is lost with the opening that it was made in. */
  get isCurrent(): boolean {
    const { session, info } = this.#pending ?? {};
    return session !== undefined && this.#databases.find(session.path) === session && !session.failed && session.info === info;
  }

  /** A sync is reading or writing. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Reads or writes, one sync at a time: another would take its place in the middle of it. */
  async whileBusy(work: () => Promise<void>): Promise<void> {
    if (this.#isBusy) {
      return offer('information', vscode.l10n.t('A sync is running already. Wait until it is done, or cancel it.'));
    }
    await this.#setBusy(true);
    try {
      await work();
    } finally {
      await this.#setBusy(false);
    }
  }

  async show(pending: PendingSync): Promise<void> {
    const { report, session } = pending;
    this.#pending = pending;
    const resumed = report.resumes ? ` ${vscode.l10n.t('This completes a sync that was interrupted.')}` : '';
    this.view.view.message = `${summarizeSync(report, this.#format)}.${resumed}`;
    this.view.view.description = session.name;
    await vscode.commands.executeCommand('setContext', contextKeys.hasSyncPreview, true);
    await this.view.refreshNow();
    await vscode.commands.executeCommand(`${viewIds.sync}.focus`);
  }

  /** Takes the view away; the plan is left to whoever calls. */
  async close(): Promise<void> {
    this.#pending = undefined;
    await vscode.commands.executeCommand('setContext', contextKeys.hasSyncPreview, false);
    await this.view.refreshNow();
  }

  /** Takes the view away, and lets the database process forget the plan. */
  async discard(): Promise<void> {
    const session = this.#pending?.session;
    await this.close();
    // This fails only where the process has ended, and the plan with it.
    await session?.reader.discardSync().catch(() => {});
  }

  dispose(): void {
    this.#subscription.dispose();
    this.view.dispose();
  }

  /** While the plan is being written, the writing itself says what became of it. */
  async #closeWithDatabase(): Promise<void> {
    const { session, database, source } = this.#pending ?? {};
    if (!session || this.#isBusy || this.isCurrent) return;
    await this.close();
    // Who closes a database knows what that means.
    if (this.#databases.find(session.path) !== session) return;
    const gone = vscode.l10n.t('The sync preview of {0} is gone, since the database was opened anew.', session.name);
    const again = {
      title: vscode.l10n.t('Sync Again'),
      run: () => vscode.commands.executeCommand(commandIds.sync, { database, source }),
    };
    await offer('information', `${gone} ${vscode.l10n.t('Nothing was written.')}`, again);
  }

  async #setBusy(isBusy: boolean): Promise<void> {
    this.#isBusy = isBusy;
    await vscode.commands.executeCommand('setContext', contextKeys.syncing, isBusy);
  }
}
