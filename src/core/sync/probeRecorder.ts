import { missingColumns, readTables } from '../database/tables';
import { RecorderError } from '../errors';
import type { SqlReader } from '../ports/sql';
import { type RecorderQueries, recorderQueries, recorderVersion } from '../sql/recorderQueries';

/** The first schema with `states_meta` and times as numbers in every row (Home Assistant 2023.4). */
const OLDEST = 41;

const REQUIRED = {
  states: ['state_id', 'metadata_id', 'state', 'last_updated_ts', 'last_changed_ts', 'attributes_id'],
  states_meta: ['metadata_id', 'entity_id'],
  state_attributes: ['attributes_id', 'shared_attrs'],
};

/** Looks at the recorder's tables and at its version. Throws RecorderError for what cannot be read, naming the version. */
export function probeRecorder(reader: SqlReader, path: string): RecorderQueries {
  const tables = readTables(reader);
  const version = tables.get('schema_changes')?.has('schema_version') ? (reader.get(recorderVersion)?.version ?? null) : null;
  if (version !== null && version < OLDEST) {
    throw new RecorderError(
      `${path} is a recorder of schema version ${version}; only version ${OLDEST} and later can be read.`,
      'Sync from Home Assistant over WebSocket, or update Home Assistant and let it migrate the recorder.',
    );
  }
  const missing = missingColumns(REQUIRED, tables);
  if (missing.length > 0) {
    const known = version === null ? '' : `, of schema version ${version},`;
    throw new RecorderError(
      `${path}${known} lacks what Home Assistant's recorder keeps: ${missing.join(', ')}.`,
      'Choose home-assistant_v2.db, which lies in the configuration folder, or sync from Home Assistant over WebSocket.',
    );
  }
  return recorderQueries({ legacyAttributes: tables.get('states')?.has('attributes') ?? false });
}
