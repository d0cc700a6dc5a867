import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { ExportError } from '../../core/errors';
import { writeFault } from './writeFault';

/**
 * Where an export really goes, links followed. Throws ExportError when there can be no file, or there must be none: what lies in
 * Home Assistant's .storage belongs to it, and a file beside the database under a name of SQLite's would be taken for a part of it.
 */
export async function exportTarget(target: string, database: string): Promise<string> {
  if (!isAbsolute(target)) throw new ExportError(`${target} is not an absolute path.`, 'Choose a file in a folder.');
  const real = await realTarget(target);
  const folder = dirname(real);
  if (folder.split(sep).includes('.storage'))
    throw new ExportError(`${real} lies in a .storage folder, which is Home Assistant's own.`, 'Choose another folder.');
  const realDatabase = await realpath(database).catch(() => database);
  if (folder === dirname(realDatabase) && basename(real).startsWith(basename(realDatabase)))
    throw new ExportError(`${real} is the database, or would be taken for a part of it.`, 'Choose another name.');
  return real;
}

async function realTarget(target: string): Promise<string> {
  try {
    const found = await stat(target).catch(absent);
    if (!found) return join(await realpath(dirname(target)), basename(target));
    if (found.isFile()) return await realpath(target);
  } catch (error) {
    throw writeFault(error, target);
  }
  throw new ExportError(`${target} is not a file.`, 'Choose another name.');
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
