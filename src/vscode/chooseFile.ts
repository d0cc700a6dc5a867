import * as vscode from 'vscode';

/** Lets the user choose a database file, beginning in the folder `near`. @returns undefined when none was chosen */
export async function chooseFile(
  title: string,
  openLabel: string,
  near: vscode.Uri | undefined,
): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel,
    ...(near && { defaultUri: near }),
    filters: { [vscode.l10n.t('Databases')]: ['db'], [vscode.l10n.t('All files')]: ['*'] },
  });
  return chosen?.[0];
}
