import { type SqlQuery, sqlQuery } from './sqlQuery';

/** A row of the recorder's `states`. */
export interface StateRow {
  readonly state_id: number;
  readonly state: string | null;
  /** Unix seconds. */
  readonly last_updated_ts: number;
  /** 1 where the state changed, 0 where only attributes did. */
  readonly changed: number;
  /** Null too where no attributes were asked for. */
  readonly attributes_id: number | null;
  /** JSON text of rows that an early release wrote. */
  readonly attributes: string | null;
}

export interface HistoryQueries {
  /** `@metadata`, `@start`: the state in force at a time. */
  readonly before: SqlQuery<StateRow>;
  /** `@metadata`, `@after`, `@id` (the rows after that one), `@end` (excluded), `@limit`: in order of time, then of id. */
  readonly page: SqlQuery<StateRow>;
}

export interface RecorderQueries {
  readonly history: HistoryQueries;
  readonly historyWithAttributes: HistoryQueries;
}

/** Queries on the recorder; times are unix seconds. `legacyAttributes`: `states` still has the column `attributes`. */
export function recorderQueries({ legacyAttributes }: { readonly legacyAttributes: boolean }): RecorderQueries {
  return {
    history: historyQueries('history', 'NULL AS attributes_id, NULL AS attributes'),
    historyWithAttributes: historyQueries(
      'historyWithAttributes',
      `attributes_id, ${legacyAttributes ? 'attributes' : 'NULL AS attributes'}`,
    ),
  };
}

/** Every row is read, and those that only attributes changed are left out by who reads: so a page is never long in coming. */
function historyQueries(name: string, attributes: string): HistoryQueries {
  const columns = `state_id, state, last_updated_ts, last_changed_ts IS NULL OR last_changed_ts = last_updated_ts AS changed, ${attributes}`;
  return {
    before: sqlQuery<StateRow>(
      `${name}.before`,
      `SELECT ${columns} FROM states WHERE metadata_id = @metadata AND last_updated_ts < @start
       ORDER BY last_updated_ts DESC, state_id DESC LIMIT 1`,
    ),
    page: sqlQuery<StateRow>(
      `${name}.page`,
      `SELECT ${columns} FROM states
       WHERE metadata_id = @metadata AND last_updated_ts < @end AND (last_updated_ts, state_id) > (@after, @id)
       ORDER BY last_updated_ts, state_id LIMIT @limit`,
    ),
  };
}

export const recorderVersion = sqlQuery<{ readonly version: number | null }>(
  'recorderVersion',
  'SELECT max(schema_version) AS version FROM schema_changes',
);

/** `@entity`. */
export const recordedEntity = sqlQuery<{ readonly metadata_id: number }>(
  'recordedEntity',
  'SELECT metadata_id FROM states_meta WHERE entity_id = @entity',
);

/** `@id`: JSON text. */
export const sharedAttributes = sqlQuery<{ readonly shared_attrs: string | null }>(
  'sharedAttributes',
  'SELECT shared_attrs FROM state_attributes WHERE attributes_id = @id',
);
