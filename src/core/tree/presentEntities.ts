import type { Format } from '../format';
import type { EntityNode, EntityTypeNode } from './nodes';
import { counted, type Presentation } from './presentation';

export function presentEntityType({ entityType, count }: EntityTypeNode, format: Format): Presentation {
  const entities = counted(count, 'entity', 'entities', format);
  return {
    label: entityType,
    description: entities,
    icon: typeIcon(entityType),
    tooltip: [`Type ${entityType}: ${entities}`],
    spoken: `Type ${entityType}, ${entities}`,
    opens: 'collapsed',
    abilities: [],
  };
}

export function presentEntity({ entity, friendlyName, opens }: EntityNode, format: Format): Presentation {
  const name = friendlyName ?? entity.entityId;
  const likelihoods = `${format.percent(entity.probGivenTrue)} / ${format.percent(entity.probGivenFalse)}`;
  const evidence = entity.evidence ? ', active' : '';
  return {
    label: name,
    description: [friendlyName && entity.entityId, entity.entityType, `weight ${format.number(entity.weight)}`]
      .filter(Boolean)
      .join(' · '),
    icon: typeIcon(entity.entityType),
    ...(entity.evidence && { color: 'charts.green' }),
    tooltip: [
      name,
      entity.entityId,
      `Area: ${entity.areaName}`,
      `Type: ${entity.entityType}`,
      `Weight: ${format.number(entity.weight)}`,
      `Active when occupied / when not: ${likelihoods}`,
      ...(entity.isShared ? [`Shared with: ${entity.sharedWithAreas.join(', ') || 'other areas'}`] : []),
      ...(entity.isDecaying && entity.decayStart ? [`Decaying since ${format.moment(entity.decayStart)}`] : []),
      `Updated: ${format.moment(entity.lastUpdated)} (${entity.lastUpdated} UTC)`,
    ],
    spoken: `Entity ${name}, ${entity.entityType}, weight ${format.number(entity.weight)}${evidence}`,
    opens: opens ? 'collapsed' : 'no',
    abilities: ['canCopyId', 'canShowTimeline', 'canEditEntity', 'canExport', ...(opens ? [] : ['canShowIntervals'])],
  };
}

const typeIcons: Readonly<Record<string, string>> = {
  motion: 'person',
  media: 'device-desktop',
  appliance: 'plug',
  door: 'sign-in',
  window: 'browser',
  cover: 'fold-down',
  illuminance: 'lightbulb',
  power: 'zap',
  sleep: 'eye-closed',
  sound_pressure: 'unmute',
};

/** Types without an icon of their own are readings of a sensor. */
export function typeIcon(entityType: string): string {
  return typeIcons[entityType] ?? 'pulse';
}
