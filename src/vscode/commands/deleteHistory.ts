import * as vscode from 'vscode';
import { asOccupancyError } from '../../core/errors';
import type { Format } from '../../core/format';
import {
  consequenceOfDeletion,
  describeHistory,
  isEmptyHistory,
  rowsOf,
  type LearnedHistory,
} from '../../core/history/learnedHistory';
import type { DatabaseSession } from '../databaseSession';
import { findArea, type OfArea } from '../findArea';
import { commandIds } from '../ids';
import { isWritable, mayWrite } from '../mayWrite';
import { offer } from '../offer';
import { showFault } from '../showFault';
import { withProgress } from '../withProgress';
import { type BackUpParts, backUpSession } from './writeDatabase';

export interface DeleteParts extends BackUpParts {
  readonly log: vscode.LogOutputChannel;
}

/**
 * Deletes what an area has learned, and what it learned from: shows how much that is, makes a backup, lets the user type the
 * area's name. Only rows that were there before the backup are deleted.
 */
export async function deleteHistory(parts: DeleteParts, of?: OfArea): Promise<void> {
  if (!mayWrite()) return;
  const found = await findArea(parts.databases, of, vscode.l10n.t('Delete Learned History'));
  if (!found || !(await isWritable(found.session))) return;
  const { session, area } = found;
  const { entryId, areaName } = area;
  const history = await session.reader.getHistory({ entryId, areaName });
  if (isEmptyHistory(history))
    return offer('information', vscode.l10n.t('{0} has no learned history; there is nothing to delete.', areaName));
  if (!(await confirm(history, parts.format))) return;
  const backup = await backUpSession(parts, session);
  if (!backup) return;
  if (!(await typeName(history, backup.path)))
    return void offer('information', vscode.l10n.t('Nothing was deleted. The backup stays at {0}.', backup.path));
  await remove(parts, session, history, backup.path);
}

async function confirm(history: LearnedHistory, format: Format): Promise<boolean> {
  const counts = describeHistory(history, (count) => format.number(count));
  const detail = [
    ...counts,
    '',
    ...consequenceOfDeletion(history),
    '',
    vscode.l10n.t('First a backup of the whole database is made, and checked.'),
  ].join('\n');
  const goOn = vscode.l10n.t('Back Up…');
  const question = vscode.l10n.t('Delete all that {0} has learned?', history.areaName);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, goOn)) === goOn;
}

/** A name that is typed is no slip of the hand. */
async function typeName({ areaName }: LearnedHistory, backup: string): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Delete Learned History of {0}', areaName),
    prompt: vscode.l10n.t('The backup is at {0}. Type {1} to delete.', backup, areaName),
    placeHolder: areaName,
    ignoreFocusOut: true,
    // What the user begins with shows the prompt, and is no confirmation all the same.
    validateInput: (text) =>
      ['', areaName].includes(text.trim()) ? undefined : vscode.l10n.t('Type the name of the area: {0}', areaName),
  });
  return typed?.trim() === areaName;
}

async function remove(
  { format, log }: DeleteParts,
  session: DatabaseSession,
  history: LearnedHistory,
  backup: string,
): Promise<void> {
  const { areaName } = history;
  const audit = (how: string): string => `${how} learned history of ${areaName} in ${session.path}; backup: ${backup}`;
  const total = Math.max(1, rowsOf(history));
  log.info(audit(`Deleting ${describeHistory(history, String).join(', ')} of the`));
  try {
    const rows = await withProgress(vscode.l10n.t('Deleting learned history of {0}', areaName), ({ signal, report }) => {
      let shown = 0;
      const onProgress = (done: number): void => {
        report({ message: vscode.l10n.t('{0} rows', format.number(done)), increment: ((done - shown) / total) * 100 });
        shown = done;
      };
      return session.reader.deleteHistory(history, { signal, onProgress });
    });
    log.info(audit(`Deleted ${rows} rows of the`));
    const text = vscode.l10n.t(
      'Deleted {0} rows of learned history of {1}. The backup is at {2}.',
      format.number(rows),
      areaName,
      backup,
    );
    const reveal = (): unknown => vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(backup));
    void offer('information', text, { title: vscode.l10n.t('Show Backup'), run: reveal });
  } catch (thrown) {
    const { code, message, nextStep } = asOccupancyError(thrown);
    log.warn(audit(`${message} Not all was deleted of the`));
    // Rows may be gone already: who cancels hears what came of it.
    if (code === 'CANCELLED') return void offer('information', `${message} ${nextStep}`);
    await showFault(commandIds.deleteHistory, thrown, log);
  }
}
