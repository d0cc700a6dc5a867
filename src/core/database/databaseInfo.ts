/** `legacy`: v2/v3, an area is a config entry. `current`: v16 and later, area_name is the key. */
export type SchemaGeneration = 'legacy' | 'current';

/** What is known of an open database without counting anything. */
export interface DatabaseInfo {
  readonly path: string;
  readonly engine: 'native' | 'wasm';
  readonly generation: SchemaGeneration;
  /** metadata.db_version; null when the row is missing. */
  readonly dbVersion: number | null;
  /** When the snapshot was taken that is read instead of the live file, ms since the epoch; null when it is the live file. */
  readonly snapshotAt: number | null;
  readonly readOnly: boolean;
  /** Why it is read-only, as a sentence for the user; null when it can be written. */
  readonly reason: string | null;
  readonly journalMode: string;
  /** Bytes, by stat; walBytes is 0 when there is no -wal. */
  readonly fileBytes: number;
  readonly walBytes: number;
  /** When each was last written, ms since the epoch, by stat; null when there is none. */
  readonly fileWritten: number | null;
  readonly walWritten: number | null;
}
