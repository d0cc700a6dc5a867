/**
 * The unit among a state's attributes, as it ends up in AOD's text column: customize.yaml may make it a number or a truth value.
 * Null where there is none that can be stored.
 */
export function unitOfMeasurement(attributes: unknown): string | null {
  if (typeof attributes !== 'object' || attributes === null || !('unit_of_measurement' in attributes)) return null;
  const { unit_of_measurement: unit } = attributes;
  if (typeof unit === 'string') return unit;
  if (typeof unit === 'boolean') return unit ? '1' : '0';
  return typeof unit === 'number' ? String(unit) : null;
}
