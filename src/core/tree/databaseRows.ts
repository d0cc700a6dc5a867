import type { DatabaseNode, EmptyNode, NoticeNode, SnapshotNode, TreeNode } from './nodes';
import type { OpenDatabase } from './openDatabase';

/** The root row of a database. */
export function databaseNode({ path, name, info, failed }: OpenDatabase): DatabaseNode {
  const known = info && {
    dbVersion: info.dbVersion,
    generation: info.generation,
    readOnly: info.readOnly,
    reason: info.reason,
    snapshotAt: info.snapshotAt,
  };
  return { kind: 'database', id: path, database: path, name, info: known, failed };
}

/** Rows to put above a database's own: of when a snapshot is, or why a live file is read-only. */
export function notices({ path, info }: OpenDatabase): readonly (NoticeNode | SnapshotNode)[] {
  if (!info?.reason) return [];
  const { reason, snapshotAt } = info;
  const base = { id: `${path}/notice`, database: path };
  return snapshotAt === null
    ? [{ ...base, kind: 'notice', text: reason }]
    : [{ ...base, kind: 'snapshot', at: snapshotAt, reason }];
}

/** The one row below `parentId` where there is nothing to list. */
export function emptyNode({ path }: OpenDatabase, parentId: string, what: EmptyNode['what']): EmptyNode {
  return { kind: 'empty', id: `${parentId}/empty`, database: path, what };
}

/**
 * Roots of a view: the databases; the rows of the one database there is, where the view needs no row for it; nothing when none
 * is open, which lets VS Code show the view's welcome text.
 */
export async function rootRows<D extends OpenDatabase>(
  databases: readonly D[],
  rowsOf: (database: D) => Promise<readonly TreeNode[]>,
): Promise<readonly TreeNode[]> {
  const [only, ...others] = databases;
  if (only && others.length === 0) return rowsOf(only);
  return databases.map(databaseNode);
}

/** The database that a row belongs to. Every row of a view is of one that is open, or was when it was read. */
export function databaseOf<D extends OpenDatabase>(databases: readonly D[], node: TreeNode): D | undefined {
  return databases.find(({ path }) => path === node.database);
}
