import * as vscode from 'vscode';
import { localDay } from '../../core/time';
import type { AreaNode, DayNode, EntityNode, TreeNode } from '../../core/tree/nodes';
import { escapeIcons } from '../escapeIcons';
import { viewIds } from '../ids';
import type { OccupancyView } from '../occupancyView';
import type { RowSearch } from '../rowSearch';
import { askForDay } from './askForDay';

type Group = AreaNode | EntityNode;

/** Shows a day in the Intervals view: of the area or entity that is selected there, the only one there is, or the one the user picks. */
export async function goToDate(view: OccupancyView, search: RowSearch, timeZone: string, of?: TreeNode): Promise<void> {
  await vscode.commands.executeCommand(`${viewIds.intervals}.focus`);
  const today = localDay(Date.now(), timeZone);
  const selected = of ?? view.view.selection[0];
  const day = await askForDay(selected?.kind === 'day' ? selected.day.day : today, today);
  if (day === undefined) return;
  const group = groupOf(view, selected) ?? (await pickGroup(view));
  if (!group) return;
  // Days come newest first: where there is nothing on that day, the one before it is shown.
  const found = await search.below(group, (node) => node.kind === 'day' && node.day.day <= day);
  if (found) await view.reveal(...rowsTo(view, found).map((row) => (node: TreeNode) => node.id === row.id));
  if (found?.kind === 'day' && found.day.day === day) return;
  const name = group.kind === 'area' ? group.area.areaName : (group.friendlyName ?? group.entity.entityId);
  const fact = found
    ? vscode.l10n.t(
        '{0} has no intervals to show on {1}; the day before that has some is {2}.',
        name,
        day,
        (found as DayNode).day.day,
      )
    : vscode.l10n.t('{0} has no intervals to show on {1}, nor before it.', name, day);
  void vscode.window.showInformationMessage(fact);
}

function groupOf(view: OccupancyView, row: TreeNode | undefined): Group | undefined {
  return row && rowsTo(view, row).find((node): node is Group => node.kind === 'area' || node.kind === 'entity');
}

/** A row and all above it, from the top. */
function rowsTo(view: OccupancyView, row: TreeNode): TreeNode[] {
  const above = view.getParent(row);
  return above ? [...rowsTo(view, above), row] : [row];
}

async function pickGroup(view: OccupancyView): Promise<Group | undefined> {
  const roots = await view.getChildren();
  const rows = await Promise.all(roots.map(async (row) => (row.kind === 'database' ? view.getChildren(row) : [row])));
  const groups = rows.flat().filter((row): row is Group => row.kind === 'area' || row.kind === 'entity');
  if (groups.length < 2) return groups[0];
  const items = groups.map((group) => ({
    label: escapeIcons(group.kind === 'area' ? group.area.areaName : (group.friendlyName ?? group.entity.entityId)),
    ...(roots.length > 1 && { description: escapeIcons(group.database) }),
    group,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Go to Date') }))?.group;
}
