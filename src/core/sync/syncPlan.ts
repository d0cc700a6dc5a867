import type { SyncReport } from './syncReport';

/** A row of `intervals` to be added; `areaName` and `entryId` are for today's schema. */
export interface PlannedInterval {
  readonly entryId: string;
  readonly areaName: string;
  readonly entityId: string;
  readonly state: string;
  /** Naive UTC text. */
  readonly startTime: string;
  readonly endTime: string;
  readonly durationSeconds: number;
}

/** A row of `numeric_samples` to be added. */
export interface PlannedSample {
  readonly entryId: string;
  readonly areaName: string;
  readonly entityId: string;
  /** Naive UTC text. */
  readonly timestamp: string;
  readonly value: number;
  readonly unit: string | null;
  readonly state: string;
}

/**
 * What a sync is going to add. Rows are made when they are asked for: a plan may hold a million of them. They are in the order in
 * which they are best inserted: by stretches of time, and by entity within each.
 */
export interface SyncPlan {
  /** What it amounts to, `written` null. */
  readonly report: SyncReport;
  readonly intervalCount: number;
  readonly sampleCount: number;
  /** `index` from 0. */
  interval(index: number): PlannedInterval;
  sample(index: number): PlannedSample;
}
