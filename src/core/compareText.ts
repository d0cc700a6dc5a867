/** Orders texts by code unit: as SQLite orders ASCII text, and the same on every computer. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
