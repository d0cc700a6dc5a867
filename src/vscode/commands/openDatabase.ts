import { basename } from 'node:path';
import * as vscode from 'vscode';
import { chooseFile } from '../chooseFile';
import { databasePath, databaseUri } from '../databasePath';
import type { Databases } from '../databases';
import { findDatabases } from '../discovery';
import { escapeIcons } from '../escapeIcons';

interface Choice extends vscode.QuickPickItem {
  readonly path?: string;
}

/** Offers what was found, then any file; a file given as a URI (from the explorer or another command) is opened at once. */
export async function openDatabase(databases: Databases, uri?: vscode.Uri): Promise<void> {
  const path = uri instanceof vscode.Uri ? databasePath(uri) : await choosePath(databases);
  if (path === undefined) return;
  await databases.open(path);
}

async function choosePath(databases: Databases): Promise<string | undefined> {
  const found = await findDatabases();
  if (found.length === 0) return browse();
  const choices: Choice[] = [
    { label: vscode.l10n.t('Found here'), kind: vscode.QuickPickItemKind.Separator },
    ...found.map((path): Choice => {
      const open = databases.find(path) ? { description: vscode.l10n.t('open') } : {};
      const [label, detail] = [escapeIcons(basename(path)), escapeIcons(path)];
      return { label, detail, iconPath: new vscode.ThemeIcon('database'), path, ...open };
    }),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: vscode.l10n.t('Browse…'), iconPath: new vscode.ThemeIcon('folder-opened') },
  ];
  const choice = await vscode.window.showQuickPick(choices, { title: vscode.l10n.t('Open Database'), matchOnDetail: true });
  if (!choice) return undefined;
  return choice.path ?? browse(found[0]);
}

async function browse(near?: string): Promise<string | undefined> {
  const start = near === undefined ? vscode.workspace.workspaceFolders?.[0]?.uri : vscode.Uri.joinPath(databaseUri(near), '..');
  const uri = await chooseFile(vscode.l10n.t('Open Occupancy Database'), vscode.l10n.t('Open Database'), start);
  return uri && databasePath(uri);
}
