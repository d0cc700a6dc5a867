/** What a backup wrote. */
export interface BackupReport {
  /** Of the backup, links followed. */
  readonly path: string;
  readonly bytes: number;
  /** ms since the epoch: the moment that it has the state of. */
  readonly takenAt: number;
  /** ms that it took, with its verification. */
  readonly milliseconds: number;
  /** Rows of each table, as they were counted in the backup; the same as in the database at that moment. */
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
}

export interface BackupProgress {
  readonly stage: 'copying' | 'verifying';
  /** 0–1; null where SQLite says nothing until it is done. */
  readonly fraction: number | null;
}

export interface BackupOptions {
  /** Whether a file that is there may be replaced; false. */
  readonly overwrite?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: BackupProgress) => void) | undefined;
}
