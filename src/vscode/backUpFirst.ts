import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Format } from '../core/format';
import { exportFileName } from '../core/export/exportFileName';
import { chooseTarget } from './commands/chooseTarget';
import type { Databases } from './databases';
import type { DatabaseSession } from './databaseSession';
import { withProgress } from './withProgress';

/**
 * Makes a verified backup of a whole database, in a file that the user chooses, before something of it is deleted. @returns its
 * path; undefined when the user chooses none. Throws what backup throws, CancelledError when it is cancelled.
 */
export async function backUpFirst(databases: Databases, session: DatabaseSession, format: Format): Promise<string | undefined> {
  const name = exportFileName([basename(session.path, '.db'), 'backup', format.fileTime(Date.now())], 'db');
  const title = vscode.l10n.t('Back Up {0} First', session.name);
  const target = await chooseTarget(databases, title, name, { [vscode.l10n.t('Databases')]: ['db'] }, vscode.l10n.t('Back Up'));
  if (!target) return undefined;
  return withProgress(vscode.l10n.t('Backing up {0}', session.name), async ({ signal, report }) => {
    let shown = 0;
    // The dialog asked already whether an older file may be replaced.
    const { path } = await session.reader.backup(target.fsPath, {
      overwrite: true,
      signal,
      onProgress: ({ stage, fraction }) => {
        const percent = (fraction ?? 0) * 100;
        const message = stage === 'verifying' ? vscode.l10n.t('checking the copy') : vscode.l10n.t('copying');
        report({ message, increment: Math.max(0, percent - shown) });
        shown = Math.max(shown, percent);
      },
    });
    return path;
  });
}
