import type { IntervalFilter } from '../model';

/** How rows are written. */
export const rowFormats = ['csv', 'json', 'ndjson'] as const;
export type RowFormat = (typeof rowFormats)[number];

/** Which rows. Intervals and samples come newest first, samples entity by entity. */
export type ExportedRows =
  | {
      readonly table: 'intervals';
      readonly area?: string;
      readonly entity?: string;
      /** Naive UTC text, bounds on the start; `to` is exclusive. */
      readonly from?: string;
      readonly to?: string;
      readonly filter?: IntervalFilter;
    }
  | {
      /** Intervals as a timeline draws them: those too that begin before `from` and reach into it. */
      readonly table: 'timeline';
      readonly area?: string;
      readonly entity?: string;
      /** Naive UTC text; `to` is exclusive. */
      readonly from: string;
      readonly to: string;
    }
  | { readonly table: 'samples'; readonly area?: string; readonly entity?: string }
  | { readonly table: 'areas' }
  | { readonly table: 'entities' | 'priors'; readonly area?: string };

export interface ExportRequest {
  readonly rows: ExportedRows;
  readonly format: RowFormat;
  /** IANA name; of every time, the file has both the local one there and UTC. */
  readonly timeZone: string;
  /** Absolute path. What is there already is replaced at the end, at once. */
  readonly target: string;
}

export interface ExportOptions {
  readonly signal?: AbortSignal;
  /** Told of the rows written so far. */
  readonly onProgress?: (rows: number) => void;
}

export interface ExportResult {
  readonly rows: number;
  /** Length of the file. */
  readonly bytes: number;
}
