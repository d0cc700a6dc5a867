import type { PageRange } from './pageFile';

/** What a recovery saved, and what was lost. */
export interface RecoveryReport {
  /** Of the damaged file. */
  readonly source: string;
  /** Of the new one, links followed, and its size. */
  readonly path: string;
  readonly bytes: number;
  /** ms since the epoch: when it began; ms that it took. */
  readonly startedAt: number;
  readonly milliseconds: number;
  /** Pages that the damaged file should have. */
  readonly pages: number;
  /** Of these, the ones that are not there: the file ends before them. */
  readonly missingPages: readonly PageRange[];
  /** Whether the tables are as the file itself says; else, where it no longer does, as AOD's releases create them. */
  readonly schema: 'file' | 'known' | 'both';
  /** Whether somebody wrote to the file while it was read: run it again when nobody does. */
  readonly changedMeanwhile: boolean;
  readonly tables: readonly RecoveredTable[];
  /** Indexes that could not be built again. */
  readonly lostIndexes: readonly string[];
  /** Pages that hold rows of which nobody can tell the table. */
  readonly unknownPages: readonly PageRange[];
  /** False when the version of the schema was lost: AOD then takes the database for an old one, and makes it anew. */
  readonly hasVersion: boolean;
}

export interface RecoveredTable {
  readonly table: string;
  /** Rows in the new file. */
  readonly rows: number;
  /** Rows that are there and cannot be read. */
  readonly damagedRows: number;
  /** Rows that the table does not take: others have their key, or a value is missing. */
  readonly refusedRows: number;
  /** Pages of the table that cannot be read. */
  readonly lostPages: readonly PageRange[];
  /** Where rows are missing: those of ids above `after`, up to `upTo`; null where there is no bound. */
  readonly lostRows: readonly LostRows[];
}

export interface LostRows {
  readonly after: number | null;
  readonly upTo: number | null;
}

export interface RecoveryProgress {
  readonly stage: 'reading' | 'building' | 'verifying';
  /** 0–1; null where SQLite says nothing until it is done. */
  readonly fraction: number | null;
}

export interface RecoveryOptions {
  /** Whether a file that is there may be replaced; false. */
  readonly overwrite?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RecoveryProgress) => void) | undefined;
}
