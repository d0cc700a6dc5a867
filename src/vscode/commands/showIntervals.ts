import type { TreeNode } from '../../core/tree/nodes';
import type { OccupancyView } from '../occupancyView';
import type { ViewOptions } from '../viewOptions';

/** Opens the intervals of an area or an entity in the Intervals view, regrouping it where that is needed. */
export async function showIntervals(view: OccupancyView, options: ViewOptions, node?: TreeNode): Promise<void> {
  if (node?.kind !== 'area' && node?.kind !== 'entity') return;
  const groupBy = node.kind;
  if (options.intervals.groupBy !== groupBy) {
    await options.groupIntervals(groupBy);
    await view.refreshNow();
  }
  await view.reveal(
    (row) => row.kind === 'database' && row.database === node.database,
    (row) =>
      row.database === node.database &&
      ((row.kind === 'area' && node.kind === 'area' && row.area.areaName === node.area.areaName) ||
        (row.kind === 'entity' && node.kind === 'entity' && row.entity.entityId === node.entity.entityId)),
  );
}
