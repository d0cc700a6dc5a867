/** What became of the intervals that the states amount to. */
export interface IntervalCounts {
  /** Not in the database: to be added, or added. */
  readonly added: number;
  readonly alreadyThere: number;
  /** Shorter than 5 s and not `on`. */
  readonly tooShort: number;
  /** `on` for longer than 13 h. */
  readonly tooLong: number;
  /** unknown, unavailable, NaN or empty. */
  readonly unusable: number;
  /** Began more than 365 days ago. */
  readonly tooOld: number;
}

export interface SampleCounts {
  readonly added: number;
  readonly alreadyThere: number;
}

/** A row to be added, as the preview shows it. */
export interface PreviewRow {
  readonly state: string;
  /** Naive UTC text. */
  readonly startTime: string;
  readonly endTime: string;
  readonly durationSeconds: number;
}

export interface EntitySync {
  readonly entityId: string;
  /** States that the source had of it; 0 where the source does not know it. */
  readonly states: number;
  readonly intervals: IntervalCounts;
  readonly samples: SampleCounts;
  /** The first and the last interval to be added, by start; null when none is. The last is null when there is only one. */
  readonly first: PreviewRow | null;
  readonly last: PreviewRow | null;
}

export interface AreaSync {
  readonly areaName: string;
  readonly intervals: IntervalCounts;
  readonly samples: SampleCounts;
  /** Ordered by entityId. */
  readonly entities: readonly EntitySync[];
}

/** What a sync would do, or did. */
export interface SyncReport {
  /** The title of the source. */
  readonly source: string;
  /** Naive UTC text: from where to where history was read. */
  readonly start: string;
  readonly end: string;
  /** True where an earlier sync was interrupted, and this one takes up from its start. */
  readonly resumes: boolean;
  readonly states: number;
  readonly intervals: IntervalCounts;
  readonly samples: SampleCounts;
  /** In the order of the areas view; only areas with entities. */
  readonly areas: readonly AreaSync[];
  /** Rows that were written; null where nothing was to be (a plan, a dry run). Less than planned where others wrote the same rows first. */
  readonly written: { readonly intervals: number; readonly samples: number } | null;
}
