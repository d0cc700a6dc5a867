import * as vscode from 'vscode';
import { explainLock } from '../../core/lock/explainLock';
import { describeGuarantee } from '../../core/lock/describeGuarantee';
import type { LockGuarantee } from '../../core/lock/lock';
import type { LockInspection } from '../../core/lock/lockInspection';
import { wrap } from '../../core/wrap';
import type { Databases } from '../databases';
import { lockDocumentScheme } from '../ids';
import { pickDatabase, type OfDatabase } from '../pickDatabase';
import { faultText } from './faultText';

/** Width of the text, since an editor does not wrap by itself. */
const COLUMNS = 68;

/** Read-only documents that say what is known of a lock; an open one follows the lock. */
export class LockDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #databases: Databases;
  readonly #changeEmitter = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changeEmitter.event;

  constructor(databases: Databases) {
    this.#databases = databases;
    this.#subscriptions = vscode.Disposable.from(
      this.#changeEmitter,
      vscode.workspace.registerTextDocumentContentProvider(lockDocumentScheme, this),
      databases.onDidChangeLock(() => this.#follow()),
    );
  }

  /** Opens the document of a database's lock. */
  async show(of?: OfDatabase): Promise<void> {
    const session = await pickDatabase(this.#databases, of, vscode.l10n.t('Show Lock'));
    if (!session) return;
    // The path is for the title; the query keeps the database's own, of which fsPath would change the drive letter on Windows.
    const { path } = vscode.Uri.file(`${session.path}.lock.txt`);
    const uri = vscode.Uri.from({ scheme: lockDocumentScheme, path, query: session.path });
    this.#changeEmitter.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const session = this.#databases.find(uri.query);
    if (!session) return vscode.l10n.t('This database is closed. Open it to see its lock.');
    try {
      const [inspection, { guarantee }] = await Promise.all([session.reader.inspectLock(), session.reader.getLockMetrics()]);
      return describe(inspection, guarantee);
    } catch (thrown) {
      return faultText(thrown, COLUMNS);
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #follow(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === lockDocumentScheme) this.#changeEmitter.fire(uri);
    }
  }
}

function describe(inspection: LockInspection, guarantee: LockGuarantee | null): string {
  const { headline, meaning, facts: seen } = explainLock(inspection);
  const facts = [...seen, { name: 'Our latest use rested on', value: describeGuarantee(guarantee) }];
  const width = Math.max(0, ...facts.map(({ name }) => name.length));
  return [
    `${headline}.`,
    ...wrap(meaning, COLUMNS),
    '',
    inspection.path,
    ...facts.map(({ name, value }) => `  ${name.padEnd(width)}  ${value}`),
    '',
    ...inspection.evidence.flatMap((sentence) =>
      wrap(sentence, COLUMNS).map((line, index) => `${index === 0 ? '-' : ' '} ${line}`),
    ),
    ...(inspection.state === 'stale' ? ['', vscode.l10n.t('To remove it, run "Area Occupancy: Clear Stale Lock".')] : []),
    '',
  ].join('\n');
}
