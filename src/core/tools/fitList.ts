/** Characters of one answer's list at most: a model's context is not ours to fill. */
export const MOST_CHARACTERS = 12_000;

/** The first items that together stay below a number of characters as JSON; one at least. @param most how many at most */
export function fitList<T>(items: readonly T[], most = items.length, characters = MOST_CHARACTERS): T[] {
  const kept: T[] = [];
  let size = 0;
  for (const item of items.slice(0, most)) {
    size += JSON.stringify(item).length + 1;
    if (size > characters && kept.length > 0) break;
    kept.push(item);
  }
  return kept;
}
