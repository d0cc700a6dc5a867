import * as vscode from 'vscode';
import { roughAge, explainLock } from '../core/lock/explainLock';
import type { LockInspection, LockState } from '../core/lock/lockInspection';
import type { Databases } from './databases';
import type { DatabaseSession } from './databaseSession';
import { commandIds } from './ids';
import type { OfDatabase } from './pickDatabase';

/** What deserves to be seen first where several databases are open. */
const urgency: readonly LockState[] = ['stale', 'foreign', 'leftover', 'held', 'free'];

/** The status bar item: the most urgent lock state of the open databases. Hidden without a database. */
export class LockStatus implements vscode.Disposable {
  readonly #databases: Databases;
  readonly #item = vscode.window.createStatusBarItem('areaOccupancy.lockStatus', vscode.StatusBarAlignment.Left);
  readonly #subscription: vscode.Disposable;

  constructor(databases: Databases) {
    this.#databases = databases;
    this.#item.name = vscode.l10n.t('Occupancy Database Lock');
    this.#subscription = databases.onDidChangeLock(() => this.#update());
    this.#update();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #update(): void {
    const [session] = this.#databases.all
      .filter(({ lock }) => lock !== undefined)
      .toSorted((a, b) => urgency.indexOf(a.lock?.state ?? 'free') - urgency.indexOf(b.lock?.state ?? 'free'));
    if (!session?.lock) return this.#item.hide();
    this.#show(session, session.lock);
  }

  #show(session: DatabaseSession, lock: LockInspection): void {
    const { headline, meaning } = explainLock(lock);
    const of: OfDatabase = { database: session.path };
    this.#item.command = { command: commandIds.showLock, title: this.#item.name ?? '', arguments: [of] };
    this.#item.text = statusText(lock);
    this.#item.tooltip = `${session.name}: ${headline}. ${meaning}`;
    this.#item.accessibilityInformation = { label: `${session.name}: ${headline}` };
    this.#item.backgroundColor = lock.state === 'stale' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }
}

function statusText({ state, age = 0 }: LockInspection): string {
  switch (state) {
    case 'free':
      return `$(unlock) ${vscode.l10n.t('Occupancy lock free')}`;
    case 'held':
      return `$(lock) ${vscode.l10n.t('Occupancy lock held')}`;
    case 'stale':
      return `$(warning) ${vscode.l10n.t('Stale occupancy lock ({0})', roughAge(age))}`;
    case 'leftover':
      return `$(unlock) ${vscode.l10n.t('Occupancy lock left over')}`;
    case 'foreign':
      return `$(question) ${vscode.l10n.t('Occupancy lock unclear')}`;
  }
}
