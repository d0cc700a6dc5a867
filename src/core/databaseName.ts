import { readablePath } from './snapshot/virtualPath';

/**
 * What to call the database at `path` beside `others`: its file name says nothing where several are open, so its config folder is
 * added, and as many folders above that as tell it apart. Paths may be of Windows or POSIX.
 */
export function databaseName(path: string, others: readonly string[]): string {
  const { file, folders } = parts(path);
  const rivals = others.filter((other) => other !== path).map(parts);
  const tail = (of: readonly string[], length: number): string => of.slice(-length).join('/');
  let length = 1;
  while (
    length < folders.length &&
    rivals.some((rival) => rival.file === file && tail(rival.folders, length) === tail(folders, length))
  ) {
    length++;
  }
  return folders.length === 0 ? file : `${file} (${tail(folders, length)})`;
}

/** Home Assistant keeps the file in `<config>/.storage`: that folder is the same for all, so it does not count. */
function parts(path: string): { file: string; folders: readonly string[] } {
  const segments = readablePath(path).split(/[\\/]/).filter(Boolean);
  const file = segments.pop() ?? path;
  return { file, folders: segments.at(-1) === '.storage' ? segments.slice(0, -1) : segments };
}
