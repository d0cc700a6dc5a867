import { InvalidDataError } from '../errors';

/** A list of names as AOD's JSON columns hold it: ASCII only, as Python writes it, and the text `null` for none. Throws InvalidDataError naming `field`. */
export function namesToJson(field: string, names: readonly string[]): string {
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw new InvalidDataError(`${field} must be a list of names.`, 'Leave it out to keep what is there. Nothing was saved.');
  }
  if (names.length === 0) return 'null';
  const quoted = names.map((name) => JSON.stringify(name).replaceAll(/[^\0-\u007F]/g, escapeUnit));
  return `[${quoted.join(', ')}]`;
}

function escapeUnit(unit: string): string {
  return String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
