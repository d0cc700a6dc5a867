import * as vscode from 'vscode';
import type { TreeNode } from '../core/tree/nodes';
import type { DatabaseSession } from './databaseSession';
import type { Databases } from './databases';
import { escapeIcons } from './escapeIcons';

/** What says by itself which database a command is about: a row, for instance. */
export type OfDatabase = Pick<TreeNode, 'database'>;

/** The database that a command is about: of the row it was run on, the only one there is, or the one the user picks. */
export async function pickDatabase(
  databases: Databases,
  of: OfDatabase | undefined,
  title: string,
): Promise<DatabaseSession | undefined> {
  if (of) return databases.find(of.database);
  const sessions = databases.all;
  if (sessions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No database is open. Run Open Database first.'));
    return undefined;
  }
  if (sessions.length === 1) return sessions[0];
  const items = sessions.map((session) => ({
    label: escapeIcons(session.name),
    detail: escapeIcons(session.path),
    session,
  }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDetail: true }))?.session;
}
