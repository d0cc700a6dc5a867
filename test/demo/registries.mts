// Home Assistant's registries, the files that give areas and entities the names people know them by.
import type { Home, HomeEntity } from '../support/home.mts';

/** The content of `.storage/core.area_registry`. */
export function areaRegistry(home: Home): object {
  const areas = home.areas.map(({ areaId, areaName }) => ({
    aliases: [],
    floor_id: null,
    id: areaId,
    labels: [],
    name: areaName,
  }));
  return { version: 1, minor_version: 8, key: 'core.area_registry', data: { areas } };
}

/** The content of `.storage/core.entity_registry`. */
export function entityRegistry(home: Home): object {
  const entities = home.entities.map((entity, index) => ({
    entity_id: entity.entityId,
    unique_id: `demo-${index}`,
    platform: 'demo',
    area_id: entity.area.areaId,
    // One in five was renamed by its owner; the others keep the name that their integration gave them.
    name: index % 5 === 4 ? `${title(entity)} (renamed)` : null,
    original_name: title(entity),
    original_device_class: entity.entityType,
  }));
  return { version: 1, minor_version: 18, key: 'core.entity_registry', data: { entities, deleted_entities: [] } };
}

/** `sensor.kitchen_co2_3` in the Kitchen → `Kitchen CO2 3` */
function title({ area, entityId, entityType }: HomeEntity): string {
  const type = entityType.length <= 3 ? entityType.toUpperCase() : entityType[0]?.toUpperCase() + entityType.slice(1);
  const number = /_(\d+)$/.exec(entityId)?.[1];
  return [area.areaName, type, ...(number ? [number] : [])].join(' ');
}
