import type { CheckReport } from '../check/checkReport';
import type { FindingNode, FindingRowNode, TreeNode } from './nodes';
import { rowId } from './rowId';
import type { TreeSource } from './treeSource';

/** A check that found something, as its view shows it. */
export interface CheckedDatabase {
  /** Path of the database. */
  readonly database: string;
  readonly name: string;
  readonly report: CheckReport;
}

/** Findings view: (database →) finding → its first rows. */
export class FindingsTree implements TreeSource {
  readonly #checked: () => readonly CheckedDatabase[];

  constructor(checked: () => readonly CheckedDatabase[]) {
    this.#checked = checked;
  }

  async children(node: TreeNode | undefined): Promise<readonly TreeNode[]> {
    const checked = this.#checked();
    const [only, ...others] = checked;
    if (!node && only && others.length === 0) return findingNodes(only);
    if (!node) return checked.map(checkedNode);
    if (node.kind === 'checked') {
      const found = checked.find(({ database }) => database === node.database);
      return found ? findingNodes(found) : [];
    }
    return node.kind === 'finding' ? findingRowNodes(node) : [];
  }
}

function checkedNode({ database, name, report }: CheckedDatabase): TreeNode {
  return { kind: 'checked', id: rowId(database, 'checked'), database, name, findings: report.findings };
}

/** Below the database's own row, or in its place. */
function findingNodes({ database, report }: CheckedDatabase): readonly FindingNode[] {
  return report.findings.map((finding) => ({
    kind: 'finding',
    id: rowId(rowId(database, 'checked'), finding.rule),
    database,
    finding,
  }));
}

function findingRowNodes({ id, database, finding }: FindingNode): readonly FindingRowNode[] {
  return finding.examples.map((row, index) => ({ kind: 'findingRow', id: `${id}/${index}`, database, row, rule: finding.rule }));
}
