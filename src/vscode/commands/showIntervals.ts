import type { OneSubject } from '../../core/timeline/timelineAddress';
import type { TreeNode } from '../../core/tree/nodes';
import type { IntervalRows } from '../intervalRows';

/** What intervals are asked for, where that is no row. */
export interface IntervalsAsked {
  readonly database: string;
  readonly subject: OneSubject;
}

/** An area or an entity whose intervals can be shown. */
type IntervalsOf =
  | { readonly database: string; readonly groupBy: 'area'; readonly areaName: string }
  | { readonly database: string; readonly groupBy: 'entity'; readonly entityId: string };

/** Opens the intervals of an area or an entity in the Intervals view. */
export async function showIntervals(rows: IntervalRows, of?: TreeNode | IntervalsAsked): Promise<void> {
  const wanted = of && ('kind' in of ? intervalsOf(of) : intervalsAsked(of));
  if (!wanted) return;
  const isWanted = (row: TreeNode): boolean => {
    if (row.database !== wanted.database) return false;
    if (wanted.groupBy === 'area') return row.kind === 'area' && row.area.areaName === wanted.areaName;
    return row.kind === 'entity' && row.entity.entityId === wanted.entityId;
  };
  const isDatabase = (row: TreeNode): boolean => row.kind === 'database' && row.database === wanted.database;
  await rows.show(wanted.groupBy, [isDatabase, isWanted]);
}

function intervalsAsked({ database, subject }: IntervalsAsked): IntervalsOf {
  return 'area' in subject
    ? { database, groupBy: 'area', areaName: subject.area }
    : { database, groupBy: 'entity', entityId: subject.entity };
}

function intervalsOf(node: TreeNode): IntervalsOf | undefined {
  const { database } = node;
  switch (node.kind) {
    case 'area':
      return { database, groupBy: 'area', areaName: node.area.areaName };
    case 'syncArea':
      return { database, groupBy: 'area', areaName: node.areaName };
    case 'entity':
      return { database, groupBy: 'entity', entityId: node.entity.entityId };
    case 'syncEntity':
      return { database, groupBy: 'entity', entityId: node.sync.entityId };
    default:
      return undefined;
  }
}
