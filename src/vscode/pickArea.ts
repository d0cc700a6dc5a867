import * as vscode from 'vscode';
import type { Databases } from './databases';
import { escapeIcons } from './escapeIcons';

export interface PickedArea {
  /** Path. */
  readonly database: string;
  readonly area: string;
}

/**
 * Asks for an area of the open databases; undefined when the user picks none, or there is none, which is said.
 * @param beside an area of the same database that is not to be picked
 */
export async function pickArea(databases: Databases, title: string, beside?: PickedArea): Promise<PickedArea | undefined> {
  const sessions = databases.all.filter(({ path }) => beside === undefined || path === beside.database);
  if (sessions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No database is open. Run Open Database first.'));
    return undefined;
  }
  const all = areaItems(sessions, beside);
  if (beside && (await all).length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no other area in this database.'));
    return undefined;
  }
  return (await vscode.window.showQuickPick(all, { title }))?.chosen;
}

/** Asks for areas of one database; none when the user picks none, or there is none, which is said. */
export async function pickAreas(databases: Databases, title: string): Promise<readonly PickedArea[]> {
  const sessions = databases.all;
  if (sessions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No database is open. Run Open Database first.'));
    return [];
  }
  const placeHolder =
    sessions.length > 1 ? vscode.l10n.t('One or more areas of one database') : vscode.l10n.t('One or more areas');
  const picked = await vscode.window.showQuickPick(areaItems(sessions), { title, placeHolder, canPickMany: true });
  const chosen = (picked ?? []).map((item) => item.chosen);
  return chosen.filter(({ database }) => database === chosen[0]?.database);
}

type AreaItem = vscode.QuickPickItem & { readonly chosen: PickedArea };

async function areaItems(sessions: Databases['all'], beside?: PickedArea): Promise<readonly AreaItem[]> {
  const items = sessions.map(async ({ path, name, reader }) => {
    const areas = new Set((await reader.getAreas()).map(({ areaName }) => areaName));
    if (beside) areas.delete(beside.area);
    return [...areas].map((area) => ({
      label: escapeIcons(area),
      iconPath: new vscode.ThemeIcon('home'),
      ...(sessions.length > 1 && { description: escapeIcons(name) }),
      chosen: { database: path, area },
    }));
  });
  return (await Promise.all(items)).flat();
}
