import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { InvalidDataError } from '../../core/errors';
import { exportFileName } from '../../core/export/exportFileName';
import type { Databases } from '../databases';

/** Home Assistant's own folder: nothing of ours goes there. */
const isStorage = (path: string): boolean => path.split(/[/\\]/).includes('.storage');

/**
 * Lets the user choose the file of an export. @returns undefined when none was chosen. Throws InvalidDataError for what is no file
 * on this computer: nothing else can be written row by row.
 */
export async function chooseTarget(
  databases: Databases,
  title: string,
  name: readonly string[],
  ending: string,
): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file' && !isStorage(uri.path))?.uri;
  const target = await vscode.window.showSaveDialog({
    title,
    saveLabel: vscode.l10n.t('Export'),
    defaultUri: vscode.Uri.joinPath(folder ?? vscode.Uri.file(homedir()), exportFileName(name, ending)),
    filters: { [ending.toUpperCase()]: [ending] },
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
