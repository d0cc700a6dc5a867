/** A table's or column's name as SQL text, whatever it consists of. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
