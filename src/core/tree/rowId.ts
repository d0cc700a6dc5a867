/**
 * Id of a row below `parentId`. `names` come from the user's database: their slashes are escaped, or an area called `x/today`
 * would pass for a row of the area `x`, and VS Code shows nothing at all of a view in which two rows have the same id.
 */
export function rowId(parentId: string, kind: string, ...names: readonly string[]): string {
  return [parentId, kind, ...names.map((name) => name.replaceAll('%', '%25').replaceAll('/', '%2F'))].join('/');
}
