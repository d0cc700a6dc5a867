import { type SqlQuery, sqlQuery, type SqlStatement } from './sqlQuery';

/** How rows of one table are added that are not there yet; values are bound by position, since there may be a million rows. */
export interface AddStatements {
  /** `?`: the key's columns. Finds a row at any aggregation level. */
  readonly find: SqlQuery<{ readonly found: number }>;
  /** `?`: the columns in the order of the text. A NOT EXISTS in here would cost thrice the insert: a temporary table a row. */
  readonly insert: SqlStatement;
}

const findInterval = sqlQuery<{ readonly found: number }>(
  'findInterval',
  'SELECT 1 AS found FROM intervals WHERE entity_id = ? AND start_time = ? AND end_time = ?',
);

export const addLegacyInterval: AddStatements = {
  find: findInterval,
  insert: {
    name: 'insertInterval',
    sql: `INSERT INTO intervals (entity_id, state, start_time, end_time, duration_seconds, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
  },
};

export const addInterval: AddStatements = {
  find: findInterval,
  insert: {
    name: 'insertInterval',
    sql: `INSERT INTO intervals (entity_id, state, start_time, end_time, duration_seconds, created_at, entry_id, area_name, aggregation_level)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'raw')`,
  },
};

export const addSample: AddStatements = {
  find: sqlQuery('findSample', 'SELECT 1 AS found FROM numeric_samples WHERE entity_id = ? AND timestamp = ?'),
  insert: {
    name: 'insertSample',
    sql: `INSERT INTO numeric_samples (entity_id, timestamp, value, unit_of_measurement, state, created_at, entry_id, area_name)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  },
};

/** What a value of ours begins with; one that somebody else left counts for nothing. */
const IS_OURS = `ifnull(value, '') GLOB '{"start":"[0-9][0-9][0-9][0-9]-*'`;

/** `@key`, `@value`: values that begin alike and end in a time sort by it, and the earlier one stays. */
export const keepEarlierMetadata: SqlStatement = {
  name: 'keepEarlierMetadata',
  sql: `INSERT INTO metadata (key, value) VALUES (@key, @value)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE excluded.value < value OR NOT ${IS_OURS}`,
};

/** `@key`, `@value`: one that is earlier than that stays. */
export const removeLaterMetadata: SqlStatement = {
  name: 'removeLaterMetadata',
  sql: `DELETE FROM metadata WHERE key = @key AND (value >= @value OR NOT ${IS_OURS})`,
};
