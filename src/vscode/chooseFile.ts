import * as vscode from 'vscode';
import { localPath } from './localPath';

/** Lets the user choose a database file, beginning in the folder `near`. @returns its path, or undefined when none was chosen */
export async function chooseFile(title: string, openLabel: string, near: vscode.Uri | undefined): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel,
    ...(near && { defaultUri: near }),
    filters: { [vscode.l10n.t('Databases')]: ['db'], [vscode.l10n.t('All files')]: ['*'] },
  });
  return chosen?.[0] && localPath(chosen[0]);
}
