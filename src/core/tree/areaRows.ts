import type { Area, Entity } from '../model';
import type { AreaNode } from './nodes';
import { rowId } from './rowId';

/**
 * A row per area, with the number of its entities among `entities`. In v2/v3 several config entries may bear the same name: every
 * read takes them as one area, and so they have one row.
 */
export function areaNodes(database: string, areas: readonly Area[], entities: readonly Entity[]): readonly AreaNode[] {
  const counts = new Map<string, number>();
  for (const { areaName } of entities) counts.set(areaName, (counts.get(areaName) ?? 0) + 1);
  const distinct = new Map(areas.map((area) => [area.areaName, area]));
  return [...distinct.values()].map((area) => ({
    kind: 'area',
    id: rowId(database, 'area', area.areaName),
    database,
    area,
    entityCount: counts.get(area.areaName) ?? 0,
  }));
}
