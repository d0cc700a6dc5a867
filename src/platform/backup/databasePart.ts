import { open, rename, rm, stat } from 'node:fs/promises';
import { DiskFullError, ExportError, isOccupancyError, TargetExistsError } from '../../core/errors';
import { exportTarget } from '../export/exportTarget';
import { sqliteCode } from '../database/sqliteErrors';
import { writeFault } from '../export/writeFault';

/** What SQLite may put beside a database. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/**
 * A database that is being made: `<name>.part` until it is whole, and then moved to its place. Throws ExportError, DiskFullError,
 * and TargetExistsError. Only SQLite opens what is in it.
 */
export class DatabasePart {
  /** Where it will be, links followed. */
  readonly target: string;
  readonly #overwrite: boolean;

  private constructor(target: string, overwrite: boolean) {
    this.target = target;
    this.#overwrite = overwrite;
  }

  /** @param source the database that it is made of, which must not be replaced by it, nor what belongs to it */
  static async create(target: string, source: string, overwrite: boolean): Promise<DatabasePart> {
    const part = new DatabasePart(await exportTarget(target, source), overwrite);
    await part.#assertFree(source);
    try {
      // It never takes up what exists already.
      await (await open(part.path, 'wx')).close();
    } catch (error) {
      throw writeFault(error, part.path);
    }
    return part;
  }

  get path(): string {
    return partOf(this.target);
  }

  /** @returns its size, bytes */
  async moveIntoPlace(source: string): Promise<number> {
    await this.#assertFree(source);
    try {
      const { size } = await stat(this.path);
      await rename(this.path, this.target);
      return size;
    } catch (error) {
      throw writeFault(error, this.target);
    }
  }

  /** Removes what was written. Never rejects. */
  discard(): Promise<void> {
    return removeDatabasePart(this.target);
  }

  async #assertFree(source: string): Promise<void> {
    const [there, original] = await Promise.all([factsOf(this.target), factsOf(source)]);
    if (there && original && there.dev === original.dev && there.ino === original.ino)
      throw new ExportError(`${this.target} is the database itself.`, 'Choose another name.');
    for (const companion of ['-wal', '-journal']) {
      // SQLite would take its rows for some of the new file's.
      if (await factsOf(this.target + companion))
        throw new ExportError(
          `There is ${this.target}${companion}: a database of this name is in use, or was not closed.`,
          'Choose another name.',
        );
    }
    if (there && !this.#overwrite) throw new TargetExistsError(this.target);
  }
}

/** Removes what is left of a database that never became whole, also where whoever made it was killed. Never rejects. */
export async function removeDatabasePart(target: string): Promise<void> {
  const names = ['', ...COMPANIONS].map((companion) => `${partOf(target)}${companion}`);
  await Promise.all(names.map((name) => rm(name, { force: true }).catch(() => {})));
}

/** What keeps SQLite from writing a new file, as an error about that file. */
export function partFault(error: unknown, target: string): Error {
  if (isOccupancyError(error)) return error;
  const detail = error instanceof Error ? error.message : String(error);
  if (isWriteFault(error))
    return new DiskFullError(
      `The disk has no room for ${target} (${detail}).`,
      'Free some space, or choose a folder on another disk.',
      {
        cause: error,
      },
    );
  return new ExportError(`${target} cannot be written: ${detail}.`, 'Choose another folder.', { cause: error });
}

/** Whether SQLite could not put its pages on the disk. */
export function isWriteFault(error: unknown): boolean {
  return /^SQLITE_(FULL|IOERR_(WRITE|FSYNC|SHMSIZE))$/.test(sqliteCode(error) ?? '');
}

function partOf(target: string): string {
  return `${target}.part`;
}

async function factsOf(path: string): Promise<{ readonly dev: bigint; readonly ino: bigint } | null> {
  return stat(path, { bigint: true }).catch(() => null);
}
