import type { FriendlyNames } from '../friendlyNames';
import type { Entity } from '../model';
import type { EntityNode } from './nodes';
import { rowId } from './rowId';

/** An entity below `parentId`; a shared entity has a row in each of its areas. */
export function entityNode(parentId: string, database: string, entity: Entity, names: FriendlyNames, opens: boolean): EntityNode {
  return {
    kind: 'entity',
    // In v2/v3 the config entry tells apart what is now told apart by the area.
    id: rowId(parentId, 'entity', entity.entryId, entity.areaName, entity.entityId),
    database,
    entity,
    friendlyName: names.entities.get(entity.entityId) ?? null,
    opens,
  };
}

/** Whether any text that the user can see of an entity contains `text`, whatever the case. */
export function matchesFilter(entity: Entity, names: FriendlyNames, text: string): boolean {
  const wanted = text.toLocaleLowerCase();
  const seen = [entity.entityId, names.entities.get(entity.entityId) ?? '', entity.entityType, entity.areaName];
  return seen.some((value) => value.toLocaleLowerCase().includes(wanted));
}
