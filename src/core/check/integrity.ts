import type { SqlReader } from '../ports/sql';
import {
  entryCounts,
  indexColumns,
  integrityCheck,
  quickCheck,
  rowsMissingInIndexes,
  tableIndexes,
} from '../sql/integrityQueries';
import { tableCount } from '../sql/overviewQueries';
import type { Findings } from './findings';

/** Rows up to which SQLite's own integrity_check of a table is short enough to be one statement. */
const SMALL_TABLE = 20_000;
/** Rows that are held against a large table's indexes in one step: with eleven of them, about 10 ms. */
const STEP_ROWS = 500;

/** A part of the check, to be called until it says that it is done, with other reads in between. @returns 0–1, 1 when done */
export type CheckStep = (reader: SqlReader) => number;

/**
 * SQLite's quick_check of the whole file. It is the one statement that lasts, for as long as reading the file once takes, and for as
 * long no checkpoint can begin the -wal anew.
 */
export function checkPages(reader: SqlReader, findings: Findings): void {
  report(findings, reader.all(quickCheck));
}

/**
 * What integrity_check does besides, of one table: whether its indexes have the rows that it has. In one statement, a table of a
 * few million rows would keep Home Assistant's -wal from being begun anew for minutes; it is done in steps instead.
 */
export function checkIndexes(reader: SqlReader, table: string, findings: Findings): CheckStep {
  const { count } = reader.get(tableCount(table), { limit: SMALL_TABLE + 1 }) ?? { count: 0 };
  const indexes = count > SMALL_TABLE ? plainIndexes(reader, table) : null;
  if (indexes) return inSteps(table, indexes, findings);
  return (now) => {
    report(findings, now.all(integrityCheck, { table }));
    return 1;
  };
}

/** By name, their columns; null where one of them is partial or on an expression, which only SQLite can check. */
function plainIndexes(reader: SqlReader, table: string): ReadonlyMap<string, readonly string[]> | null {
  const indexes = new Map<string, readonly string[]>();
  for (const { name, partial } of reader.all(tableIndexes, { table })) {
    const columns = reader.all(indexColumns, { index: name }).map((column) => column.name);
    if (partial || columns.includes(null)) return null;
    indexes.set(
      name,
      columns.filter((column) => column !== null),
    );
  }
  return indexes;
}

function inSteps(table: string, indexes: ReadonlyMap<string, readonly string[]>, findings: Findings): CheckStep {
  const query = rowsMissingInIndexes(table, indexes);
  const uncounted = [...indexes.keys()];
  let total = 0;
  let seen = 0;
  let after: number | null = Number.MIN_SAFE_INTEGER;
  return (reader) => {
    const index = uncounted.pop();
    if (index !== undefined) {
      const { rows, entries } = reader.get(entryCounts(table, index)) ?? { rows: 0, entries: 0 };
      total = rows;
      if (rows !== entries) found(findings, `The index ${index} has ${entries} entries for the ${rows} rows of ${table}.`);
      return 0;
    }
    const step = reader.get(query, { after, limit: STEP_ROWS });
    seen += step?.rows ?? 0;
    after = step?.last ?? null;
    const missing = step?.missing ?? 0;
    if (missing > 0) found(findings, `${missing} of the rows of ${table} up to ${after} are missing in an index.`, missing);
    return after === null ? 1 : Math.min(seen / total, 0.999);
  };
}

function report(findings: Findings, verdicts: readonly { readonly verdict: string }[]): void {
  for (const { verdict } of verdicts) if (verdict !== 'ok') found(findings, verdict);
}

function found(findings: Findings, text: string, count = 1): void {
  findings.add('damaged', { kind: 'text', text }, count);
}
