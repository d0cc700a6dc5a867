import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { InvalidDataError } from '../../core/errors';
import type { Databases } from '../databases';

/** Home Assistant's own folder: nothing of ours goes there. */
const isStorage = (path: string): boolean => path.split(/[/\\]/).includes('.storage');

/**
 * Lets the user choose the file of an export. @param name of the file that is proposed @param filters endings by what they are called
 * @returns undefined when none was chosen. Throws InvalidDataError for what is no file on this computer, since nothing else can be
 * written row by row, and for what is Home Assistant's or a database.
 */
export async function chooseTarget(
  databases: Databases,
  title: string,
  name: string,
  filters: Record<string, string[]>,
  saveLabel = vscode.l10n.t('Export'),
): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file' && !isStorage(uri.path))?.uri;
  const target = await vscode.window.showSaveDialog({
    title,
    saveLabel,
    defaultUri: vscode.Uri.joinPath(folder ?? vscode.Uri.file(homedir()), name),
    filters,
  });
  if (!target) return undefined;
  if (target.scheme !== 'file') {
    const nextStep = 'Choose a folder of the computer that the database is on.';
    throw new InvalidDataError(`${target.toString(true)} is not a file on the computer where the database is read.`, nextStep);
  }
  if (isStorage(target.path))
    throw new InvalidDataError('The .storage folder is Home Assistant’s own.', 'Choose another folder.');
  if (databases.all.some(({ path }) => target.fsPath.startsWith(path)))
    throw new InvalidDataError(`${target.fsPath} is the database, or would be taken for a part of it.`, 'Choose another name.');
  return target;
}
