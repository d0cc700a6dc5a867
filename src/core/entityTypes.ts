import { compareText } from './compareText';

/** AOD's types, in its own order: what speaks most directly for people comes first. */
const types: readonly string[] = [
  'motion',
  'media',
  'appliance',
  'door',
  'window',
  'cover',
  'temperature',
  'humidity',
  'illuminance',
  'co2',
  'co',
  'sound_pressure',
  'pressure',
  'air_quality',
  'voc',
  'pm25',
  'pm10',
  'power',
  'sleep',
  'environmental',
];

const numericTypes: ReadonlySet<string> = new Set([
  ...types.slice(types.indexOf('temperature'), types.indexOf('sleep')),
  'environmental',
]);

/** Whether the states of such an entity are numbers, which AOD keeps as numeric samples too. */
export function isNumericType(entityType: string): boolean {
  return numericTypes.has(entityType);
}

/** Each entity once, though several areas have it, by type, then by id. */
export function distinctByType<E extends { readonly entityId: string; readonly entityType: string }>(
  entities: readonly E[],
): E[] {
  return [...new Map(entities.map((entity) => [entity.entityId, entity])).values()].toSorted(byTypeAndId);
}

/** Orders entities by type, then by id. */
export function byTypeAndId(
  left: { readonly entityType: string; readonly entityId: string },
  right: { readonly entityType: string; readonly entityId: string },
): number {
  return rank(left) - rank(right) || compareText(left.entityType, right.entityType) || compareText(left.entityId, right.entityId);
}

function rank({ entityType }: { readonly entityType: string }): number {
  const index = types.indexOf(entityType);
  return index === -1 ? types.length : index;
}
