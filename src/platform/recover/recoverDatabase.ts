import { resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { DatabaseAccessError, DatabaseCorruptError, NotADatabaseError, throwIfAborted } from '../../core/errors';
import { findSchema, type FoundSchema, type SchemaObject } from '../../core/recover/findSchema';
import { pageRanges, type PageRange } from '../../core/recover/pageFile';
import type { RecoveredTable, RecoveryOptions, RecoveryReport } from '../../core/recover/recoveryReport';
import { Salvage } from '../../core/recover/salvage';
import type { TableShape } from '../../core/recover/tableShape';
import { DatabasePart, partFault } from '../backup/databasePart';
import { examineFile } from '../database/databaseFile';
import { systemClock } from '../systemClock';
import { DamagedFile } from './damagedFile';
import { NewDatabase } from './newDatabase';

/** Pages that are read before others have a turn: some ms. */
const STEP_PAGES = 100;

const WHAT = 'The recovery';

/**
 * Copies what can be read of a damaged database, page by page, into a new one, with its indexes built anew. The damaged file and its
 * -wal are opened for reading, by no SQLite, and closed: to be run where the database is not open, since that would drop SQLite's
 * locks on it. The new file is there when it is whole and verified. Throws what opening a missing file does, ExportError,
 * TargetExistsError, DiskFullError, NotADatabaseError where nothing was found, and CancelledError; then nothing is left of it.
 */
export async function recoverDatabase(
  source: string,
  target: string,
  { overwrite = false, signal, onProgress }: RecoveryOptions = {},
): Promise<RecoveryReport> {
  throwIfAborted(signal, WHAT);
  const path = resolve(source);
  const [startedAt, started] = [systemClock.now(), systemClock.monotonic()];
  await examineFile(path);
  const part = await DatabasePart.create(target, path, overwrite);
  try {
    const file = openDamaged(path);
    let database: NewDatabase | undefined;
    try {
      database = new NewDatabase(part.path);
      const schema = findSchema(file);
      const tables = makeTables(database, schema);
      const salvage = new Salvage(file, tables);
      const found = new Map(tables.map(({ name }) => [name, 0]));
      let steps = 0;
      for (const { table, rows, fraction } of salvage.rows()) {
        found.set(table.name, (found.get(table.name) ?? 0) + rows.length);
        database.put(table, rows);
        if (++steps % STEP_PAGES > 0) continue;
        throwIfAborted(signal, WHAT);
        onProgress?.({ stage: 'reading', fraction });
        await turn();
      }
      database.commit();
      const total = [...found.values()].reduce((sum, rows) => sum + rows, 0);
      if (total === 0) throw nothingFound(path);
      const lostIndexes: string[] = [];
      const indexes = schema.objects.filter(({ kind }) => kind === 'index');
      for (const [index, object] of indexes.entries()) {
        throwIfAborted(signal, WHAT);
        onProgress?.({ stage: 'building', fraction: index / indexes.length });
        await turn();
        if (!database.make(...statementsOf(object))) lostIndexes.push(object.name);
      }
      onProgress?.({ stage: 'verifying', fraction: null });
      await turn();
      database.finish();
      const fault = database.fault();
      if (fault !== null) throw new DatabaseCorruptError(`The new file is damaged: ${fault}`, 'Check the disk that it is on.');
      const report = {
        source: path,
        startedAt,
        pages: file.pageCount,
        missingPages: missing(file),
        schema: schema.from,
        changedMeanwhile: file.isChanged,
        tables: describeTables(database, tables, salvage, found),
        lostIndexes,
        unknownPages: pageRanges(salvage.unknown),
        hasVersion: database.hasVersion,
      };
      database.close();
      throwIfAborted(signal, WHAT);
      const bytes = await part.moveIntoPlace(path);
      return { ...report, path: part.target, bytes, milliseconds: systemClock.monotonic() - started };
    } finally {
      database?.close();
      file.close();
    }
  } catch (error) {
    await part.discard();
    throw partFault(error, part.target);
  }
}

function openDamaged(path: string): DamagedFile {
  try {
    return DamagedFile.open(path);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new DatabaseAccessError(`${path} cannot be read: ${detail}.`, 'Check who may read the file.', { cause: error });
  }
}

function statementsOf({ sql, known }: SchemaObject): readonly string[] {
  return known === null ? [sql] : [sql, known];
}

/** Tables that nobody knows, and whose statement is damaged itself, are lost with their rows. */
function makeTables(database: NewDatabase, { objects }: FoundSchema): TableShape[] {
  const tables = objects.filter((object) => object.kind === 'table' && database.make(...statementsOf(object)));
  return tables.map(({ name, root }) => ({ name, root, columns: database.columns(name) }));
}

function describeTables(
  database: NewDatabase,
  tables: readonly TableShape[],
  salvage: Salvage,
  found: ReadonlyMap<string, number>,
): RecoveredTable[] {
  return tables.map(({ name }) => {
    const losses = salvage.losses.get(name);
    const rows = database.count(name);
    return {
      table: name,
      rows,
      damagedRows: losses?.damagedRows ?? 0,
      refusedRows: (found.get(name) ?? 0) - rows,
      lostPages: pageRanges(losses?.pages ?? []),
      lostRows: losses?.rows ?? [],
    };
  });
}

function missing({ pageCount, pageSize, size }: DamagedFile): readonly PageRange[] {
  const whole = Math.floor(size / pageSize);
  return whole < pageCount ? [{ from: whole + 1, to: pageCount }] : [];
}

function nothingFound(path: string): NotADatabaseError {
  return new NotADatabaseError(
    `${path} holds no row of an occupancy database that can be read.`,
    'Restore area_occupancy.db.backup, or a backup of your own.',
  );
}
