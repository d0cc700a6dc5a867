/** Where Home Assistant's history keeps every row, also one that changes nothing but attributes: its `SIGNIFICANT_DOMAINS`. */
export const SIGNIFICANT_DOMAINS: ReadonlySet<string> = new Set([
  'climate',
  'device_tracker',
  'humidifier',
  'thermostat',
  'water_heater',
]);

export function everyRowCounts(entityId: string): boolean {
  return SIGNIFICANT_DOMAINS.has(entityId.split('.', 1)[0] ?? '');
}
