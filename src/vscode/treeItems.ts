import * as vscode from 'vscode';
import type { Format } from '../core/format';
import type { TreeNode } from '../core/tree/nodes';
import { present } from '../core/tree/present';
import { leadsSomewhere } from '../core/tree/presentFindings';
import { commandIds } from './ids';

const collapsible = {
  no: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** A row as VS Code draws it; its tooltip is left to `tooltipOf`, which is asked when the pointer rests on it. */
export function toTreeItem(node: TreeNode, format: Format): vscode.TreeItem {
  const { label, description, icon, color, spoken, opens, abilities } = present(node, format);
  const item = new vscode.TreeItem(label, collapsible[opens]);
  item.id = node.id;
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.contextValue = [node.kind, ...abilities].join(' ');
  item.accessibilityInformation = { label: spoken };
  if (node.kind === 'more') item.command = { command: commandIds.loadMore, title: label, arguments: [node] };
  if (node.kind === 'findingRow' && leadsSomewhere(node.row)) {
    item.command = { command: commandIds.revealFinding, title: label, arguments: [node] };
  }
  return item;
}

/** Facts of a row, a line each; plain text, since names come from the user's database. */
export function tooltipOf(node: TreeNode, format: Format): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  present(node, format).tooltip.forEach((line, index) => {
    if (index > 0) tooltip.appendMarkdown('  \n');
    tooltip.appendText(line);
  });
  return tooltip;
}
