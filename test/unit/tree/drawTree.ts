import { Format } from '../../../src/core/format';
import type { TreeNode } from '../../../src/core/tree/nodes';
import { present } from '../../../src/core/tree/present';
import type { TreeSource } from '../../../src/core/tree/treeSource';

const format = new Format('en-GB', 'Europe/Berlin');

/** A view as text, a line per row, opened down to `depth`. */
export async function drawTree(source: TreeSource, depth: number, node?: TreeNode, indent = ''): Promise<string[]> {
  const lines: string[] = [];
  for (const child of await source.children(node)) {
    const { label, description, opens } = present(child, format);
    lines.push(`${indent}${label}${description && ` | ${description}`}`);
    if (opens !== 'no' && depth > 1) lines.push(...(await drawTree(source, depth - 1, child, `${indent}  `)));
  }
  return lines;
}
