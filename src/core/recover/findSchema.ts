import { createStatements } from '../sql/aodTables';
import type { PageFile } from './pageFile';
import { Salvage } from './salvage';
import { readTablePage } from './tablePage';
import type { TableShape } from './tableShape';

/** A table or an index that is to be made anew. */
export interface SchemaObject {
  readonly kind: 'table' | 'index';
  readonly name: string;
  readonly sql: string;
  /** As AOD's releases create it, should the statement itself be damaged; null for what they do not. */
  readonly known: string | null;
  /** The first page of its tree; null where nobody knows. */
  readonly root: number | null;
}

export interface FoundSchema {
  readonly objects: readonly SchemaObject[];
  readonly from: 'file' | 'known' | 'both';
}

const NEWEST = 18;
const LEGACY = 3;

/** sqlite_schema (file format, 2.6), which begins on the first page. */
const schemaTable: TableShape = {
  name: 'sqlite_schema',
  root: 1,
  columns: ['type', 'name', 'tbl_name', 'rootpage', 'sql'].map((name) => ({
    name,
    type: name === 'rootpage' ? 'INTEGER' : 'TEXT',
    notNull: false,
    isRowid: false,
  })),
};

/** The tables and indexes of a damaged file: as it says itself, and what it no longer says as AOD's releases create it. */
export function findSchema(file: PageFile): FoundSchema {
  const found: Omit<SchemaObject, 'known'>[] = [];
  const salvage = new Salvage(file, [schemaTable]);
  for (const { rows } of salvage.tree(schemaTable)) {
    for (const { values } of rows) {
      const [kind, name, , root, sql] = values;
      if ((kind !== 'table' && kind !== 'index') || typeof name !== 'string' || typeof sql !== 'string') continue;
      if (!name.startsWith('sqlite_'))
        found.push({ kind, name, sql, root: kind === 'table' && typeof root === 'number' ? root : null });
    }
  }
  const known = createStatements(isLegacy(found, file) ? LEGACY : NEWEST).map(knownObject);
  const objects = found.map((object): SchemaObject => ({
    ...object,
    known: known.find(({ name, kind }) => name === object.name && kind === object.kind)?.sql ?? null,
  }));
  const names = new Set(found.map(({ name }) => name));
  const isWhole = ['areas', 'entities', 'intervals', 'priors', 'metadata'].every((name) => names.has(name));
  if (isWhole && salvage.losses.get(schemaTable.name)?.pages.length === 0) return { objects, from: 'file' };
  return { objects: [...objects, ...known.filter(({ name }) => !names.has(name))], from: found.length === 0 ? 'known' : 'both' };
}

function knownObject(sql: string): SchemaObject {
  const [, kind, name] = /^CREATE (?:UNIQUE )?(TABLE|INDEX) "?(\w+)/.exec(sql) ?? [];
  return { kind: kind === 'INDEX' ? 'index' : 'table', name: name ?? '', sql, known: null, root: null };
}

/** By a table that only today's schema has, or by the first interval that is found. */
function isLegacy(found: readonly Omit<SchemaObject, 'known'>[], file: PageFile): boolean {
  const areas = found.find(({ name }) => name === 'areas');
  const intervals = found.find(({ name }) => name === 'intervals');
  if (areas ?? intervals)
    return !(areas?.sql.includes('adjacent_areas') ?? false) && !(intervals?.sql.includes('area_name') ?? false);
  if (found.some(({ name }) => name === 'global_priors' || name === 'numeric_samples')) return false;
  for (let number = 2; number <= file.pageCount; number += 1) {
    const page = readTablePage(file, number, INTERVAL_COLUMNS.current);
    if (page?.kind !== 'leaf') continue;
    for (const { values } of page.rows) {
      const [id, , , , , duration] = values;
      if (id === null && values.length === INTERVAL_COLUMNS.current && values.includes('raw')) return false;
      if (id === null && values.length === INTERVAL_COLUMNS.legacy && typeof duration === 'number') return true;
    }
  }
  return false;
}

const INTERVAL_COLUMNS = { current: 10, legacy: 7 };
