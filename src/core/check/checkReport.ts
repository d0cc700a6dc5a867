import type { DatabaseInfo } from '../database/databaseInfo';
import type { Finding } from './finding';

/** What a check of a database found. */
export interface CheckReport {
  readonly info: DatabaseInfo;
  /** ms since the epoch: when it began. */
  readonly startedAt: number;
  /** ms that it took. */
  readonly milliseconds: number;
  /** Intervals that were looked at, one by one. */
  readonly intervals: number;
  /** The gravest first; none when all is well. */
  readonly findings: readonly Finding[];
}

export interface CheckProgress {
  readonly stage: 'pages' | 'indexes' | 'tables' | 'intervals';
  /** 0–1 of this stage; null where SQLite says nothing until it is done. */
  readonly fraction: number | null;
}

export interface CheckOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
}

/** Whether the file itself is damaged, so that recovering it may help. */
export function isDamaged({ findings }: Pick<CheckReport, 'findings'>): boolean {
  return findings.some(({ rule }) => rule === 'damaged');
}
