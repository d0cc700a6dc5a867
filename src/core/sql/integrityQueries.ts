import { quoteName } from './quoteName';
import { sqlQuery, type SqlQuery } from './sqlQuery';

export interface VerdictRow {
  /** `ok`, or what is wrong. */
  readonly verdict: string;
}

export interface IndexRow {
  readonly name: string;
  /** 1 where it has only some of the rows. */
  readonly partial: number;
}

export interface IndexColumnRow {
  /** null for an expression and for the rowid. */
  readonly name: string | null;
}

export interface MatchedRows {
  readonly rows: number;
  /** The last rowid that was looked at; null after the end. */
  readonly last: number | null;
  /** Rows that an index lacks. */
  readonly missing: number | null;
}

export interface EntryCounts {
  readonly rows: number;
  readonly entries: number;
}

/** Reads every page once, in order: pages, rows and their types, free pages. What indexes say of the rows is left out. */
export const quickCheck = sqlQuery<VerdictRow>('quickCheck', 'SELECT quick_check AS verdict FROM pragma_quick_check');

/** All that SQLite checks, of one table and its indexes: as many seeks as there are rows times indexes. */
export const integrityCheck = sqlQuery<VerdictRow>(
  'integrityCheck',
  'SELECT integrity_check AS verdict FROM pragma_integrity_check(@table)',
);

/** Of the whole file: for one that nobody else uses. */
export const fullIntegrityCheck = sqlQuery<VerdictRow>(
  'fullIntegrityCheck',
  'SELECT integrity_check AS verdict FROM pragma_integrity_check',
);

/** `@table` */
export const tableIndexes = sqlQuery<IndexRow>('tableIndexes', 'SELECT name, partial FROM pragma_index_list(@table)');

/** `@index` */
export const indexColumns = sqlQuery<IndexColumnRow>('indexColumns', 'SELECT name FROM pragma_index_info(@index) ORDER BY seqno');

/** `@limit` rows after the rowid `@after`: how many of them an index lacks. Each seek reads the index alone. */
export function rowsMissingInIndexes(table: string, indexes: ReadonlyMap<string, readonly string[]>): SqlQuery<MatchedRows> {
  const of = quoteName(table);
  const lacks = [...indexes].map(([index, columns]) => {
    const same = columns.map((column) => `i.${quoteName(column)} IS t.${quoteName(column)} AND`).join(' ');
    return `NOT EXISTS (SELECT 1 FROM ${of} i INDEXED BY ${quoteName(index)} WHERE ${same} i.rowid = t.rowid)`;
  });
  return sqlQuery<MatchedRows>(
    'rowsMissingInIndexes',
    `SELECT count(*) AS rows, max(id) AS last, sum(lacking) AS missing FROM (
       SELECT rowid AS id, ${lacks.join(' OR ')} AS lacking FROM ${of} t NOT INDEXED WHERE rowid > @after ORDER BY rowid LIMIT @limit)`,
  );
}

/** Rows of a table and entries of one of its indexes, at the same moment. */
export function entryCounts(table: string, index: string): SqlQuery<EntryCounts> {
  const of = quoteName(table);
  return sqlQuery<EntryCounts>(
    'entryCounts',
    `SELECT (SELECT count(*) FROM ${of} NOT INDEXED) AS rows,
            (SELECT count(rowid) FROM ${of} INDEXED BY ${quoteName(index)}) AS entries`,
  );
}
