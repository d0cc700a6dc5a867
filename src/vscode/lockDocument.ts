import * as vscode from 'vscode';
import { explainLock } from '../core/lock/explainLock';
import { wrap } from '../core/wrap';
import type { TreeNode } from '../core/tree/nodes';
import type { Databases } from './databases';
import { lockDocumentScheme } from './ids';
import { pickDatabase } from './pickDatabase';

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
  async show(node?: TreeNode): Promise<void> {
    const session = await pickDatabase(this.#databases, node, vscode.l10n.t('Show Lock'));
    if (!session) return;
    const uri = vscode.Uri.from({ scheme: lockDocumentScheme, path: `${vscode.Uri.file(session.path).path}.lock.txt` });
    this.#changeEmitter.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const path = vscode.Uri.file(uri.path.slice(0, -'.lock.txt'.length)).fsPath;
    const session = this.#databases.find(path);
    if (!session) return vscode.l10n.t('This database is closed. Open it to see its lock.');
    const inspection = await session.reader.inspectLock();
    const { headline, meaning, facts } = explainLock(inspection);
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

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #follow(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === lockDocumentScheme) this.#changeEmitter.fire(uri);
    }
  }
}
