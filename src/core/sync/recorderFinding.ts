/** What was found of Home Assistant's recorder beside an occupancy database. */
export interface RecorderFinding {
  /** Where the recorder's SQLite file lies or would lie, `<config>/home-assistant_v2.db`. */
  readonly path: string;
  /** Bytes of the file; null where there is none. */
  readonly fileBytes: number | null;
  /** When it was last written (with its -wal), ms since the epoch; null where there is none. */
  readonly writtenAt: number | null;
  /** The other database server that configuration.yaml names for the recorder, `mysql` or `postgresql`; null where it names none. */
  readonly server: string | null;
}
