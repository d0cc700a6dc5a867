import { distinctByType } from '../entityTypes';
import type { Entity } from '../model';
import type { LaneEntity } from './lanes';

/** Which lanes a timeline has, before anything of them is read. */
export interface TimelineOutline {
  readonly areas: readonly AreaOutline[];
}

export interface AreaOutline {
  /** null for the timeline of one entity, which has no occupied lane. */
  readonly area: string | null;
  /** By type, then id; each once. */
  readonly entities: readonly OutlineEntity[];
}

export interface OutlineEntity extends LaneEntity {
  /** From Home Assistant's registry; null where it has none. */
  readonly name: string | null;
}

/** @param names by entity id */
export function outlineArea(
  area: string | null,
  entities: readonly Pick<Entity, 'entityId' | 'entityType'>[],
  names: ReadonlyMap<string, string>,
): AreaOutline {
  return {
    area,
    entities: distinctByType(entities).map(({ entityId, entityType }) => ({
      entityId,
      entityType,
      name: names.get(entityId) ?? null,
    })),
  };
}
