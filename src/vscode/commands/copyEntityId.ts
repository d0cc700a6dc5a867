import * as vscode from 'vscode';
import type { TreeNode } from '../../core/tree/nodes';

/** Copies the id of the entity that a row is of; does nothing for other rows. */
export async function copyEntityId(node: TreeNode | undefined): Promise<void> {
  const id = node && entityIdOf(node);
  if (id !== undefined) await vscode.env.clipboard.writeText(id);
}

function entityIdOf(node: TreeNode): string | undefined {
  switch (node.kind) {
    case 'entity':
      return node.entity.entityId;
    case 'interval':
      return node.interval.entityId;
    case 'syncEntity':
      return node.sync.entityId;
    default:
      return undefined;
  }
}
