import type { DatabaseInfo } from '../database/databaseInfo';
import type { Area, CappedCount, Entity, GlobalPrior } from '../model';

/** What a database is and holds, without anything of its areas but their names. */
export interface DatabaseOverview {
  readonly info: DatabaseInfo;
  /** End of the newest interval, naive UTC; null when there is none. */
  readonly newestInterval: string | null;
  /** When AOD last removed what it need not keep, as it wrote it; null where it does not say. */
  readonly lastPruned: string | null;
  /** Ordered by name. */
  readonly tables: readonly TableRows[];
  /** Of each kind of rows that the schema has. */
  readonly oldest: readonly OldestRow[];
  /** Names, in the order of every view. */
  readonly areas: readonly string[];
}

export interface TableRows {
  readonly table: string;
  readonly rows: CappedCount;
}

/** Rows that AOD removes, or sums up in the next kind, when they are old: raw intervals, what it made of them, and numeric samples. */
export const retentionKinds = ['raw', 'daily', 'weekly', 'monthly', 'samples'] as const;
export type RetentionKind = (typeof retentionKinds)[number];

export interface OldestRow {
  readonly kind: RetentionKind;
  /** Start of the oldest, naive UTC; null when there is none. */
  readonly start: string | null;
}

export interface AreaOverviewQuery {
  readonly area: string;
  /** Entities at most, by type, then id. */
  readonly entityLimit: number;
}

/** An area and what AOD learned of it. What the schema has no table for is empty. */
export interface AreaOverview {
  readonly area: Area;
  /** null in v2/v3 (see Area.areaPrior) and before the first analysis. */
  readonly globalPrior: GlobalPrior | null;
  /** Ordered by type, then id. */
  readonly entities: readonly Entity[];
  /** Of all, however many were asked for. */
  readonly entityCount: number;
  /** The newest of each of `entities` that has one, in their order. */
  readonly correlations: readonly Correlation[];
  readonly relationships: readonly AreaRelationship[];
  /** What was learned of the ways out of the area, the most frequent first. */
  readonly transitions: readonly AreaTransition[];
  /** Whether the schema has a table of transitions at all. */
  readonly learnsTransitions: boolean;
}

export interface Correlation {
  readonly entityId: string;
  /** The entity's type when it was analysed. */
  readonly inputType: string;
  /** −1 to 1 */
  readonly coefficient: number;
  /** AOD's word: `positive`, `negative`, `none`, or `binary_likelihood`, which has only the two means. */
  readonly type: string | null;
  readonly sampleCount: number;
  /** 0–1 */
  readonly confidence: number | null;
  /** In the entity's unit; for `binary_likelihood` the share of time that it was active. */
  readonly meanOccupied: number | null;
  readonly meanUnoccupied: number | null;
  /** AOD's word for why nothing was learned, such as `too_few_samples`. */
  readonly error: string | null;
  readonly calculatedAt: string;
}

export interface AreaRelationship {
  readonly relatedArea: string;
  readonly type: string;
  /** 0–1 */
  readonly influence: number;
  readonly distance: number | null;
}

/** A way from one area to another: straight, or through a third. */
export interface AreaTransition {
  readonly from: string;
  /** null for the straight way. */
  readonly through: string | null;
  readonly to: string;
  /** Over all hours of the week; AOD lets old ones fade, so it need not be whole. */
  readonly count: number;
  /** 0–1: of all that began the same way, from `from` or from `from` into `through`. */
  readonly share: number;
}
