import * as vscode from 'vscode';
import type { AreaNode, DatabaseNode } from '../../core/tree/nodes';
import type { Databases } from '../databases';
import type { OverviewPanels } from '../panels/overviewPanels';
import { pickDatabase } from '../pickDatabase';

/** Opens the overview of a row's database or area; or asks which database it is to be of. */
export async function showOverview(databases: Databases, overviews: OverviewPanels, of?: DatabaseNode | AreaNode): Promise<void> {
  if (of?.kind === 'area') return overviews.open({ database: of.database, area: of.area.areaName });
  const session = await pickDatabase(databases, of, vscode.l10n.t('Show Overview'));
  if (session) await overviews.open({ database: session.path, area: null });
}
