/** How far a sync has come. */
export interface SyncProgress {
  readonly phase: 'reading' | 'writing';
  /** States read, or rows written, so far. */
  readonly done: number;
  /** 0–1. */
  readonly fraction: number;
}
