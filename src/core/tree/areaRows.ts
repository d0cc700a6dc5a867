import type { Area, Entity } from '../model';
import type { AreaNode } from './nodes';

/** A row per area, with the number of its entities among `entities`. */
export function areaNodes(database: string, areas: readonly Area[], entities: readonly Entity[]): readonly AreaNode[] {
  const counts = new Map<string, number>();
  for (const { areaName } of entities) counts.set(areaName, (counts.get(areaName) ?? 0) + 1);
  return areas.map((area) => ({
    kind: 'area',
    id: `${database}/area/${area.areaName}`,
    database,
    area,
    entityCount: counts.get(area.areaName) ?? 0,
  }));
}
