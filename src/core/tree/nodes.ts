import type { Finding, FindingRow, Rule } from '../check/finding';
import type { DatabaseInfo } from '../database/databaseInfo';
import type { ErrorCode } from '../errors';
import type { LockExplanation } from '../lock/explainLock';
import type { LockState } from '../lock/lockInspection';
import type { Area, CappedCount, Entity, Interval, IntervalDay, OccupiedSpan } from '../model';
import type { EntitySync, PreviewRow } from '../sync/syncReport';

/**
 * The rows of the views as data. `id` is stable across refreshes, so that selection and expansion survive them;
 * two nodes with equal fields look equal, so that a refresh can tell what changed.
 */
export type TreeNode =
  | DatabaseNode
  | AreaNode
  | TodayNode
  | PriorsNode
  | EntityTypeNode
  | EntityNode
  | DayNode
  | IntervalNode
  | MoreNode
  | LockNode
  | LockFactNode
  | LockTimesNode
  | SyncAreaNode
  | SyncEntityNode
  | SyncRowNode
  | SyncBetweenNode
  | SyncNothingNode
  | CheckedNode
  | FindingNode
  | FindingRowNode
  | EmptyNode
  | ProblemNode
  | AdviceNode
  | LastGoodNode
  | NoticeNode
  | SnapshotNode;

interface NodeBase {
  readonly id: string;
  /** Path of the database that the row belongs to. */
  readonly database: string;
}

export interface DatabaseNode extends NodeBase {
  readonly kind: 'database';
  /** Told apart from the others: the file name, with its folder where that is needed. */
  readonly name: string;
  /** null while it was never open. */
  readonly info: Pick<DatabaseInfo, 'dbVersion' | 'generation' | 'readOnly' | 'reason' | 'snapshotAt'> | null;
  readonly failed: boolean;
}

export interface AreaNode extends NodeBase {
  readonly kind: 'area';
  readonly area: Area;
  readonly entityCount: number;
}

export interface TodayNode extends NodeBase {
  readonly kind: 'today';
  readonly areaName: string;
  readonly span: OccupiedSpan;
}

export interface PriorsNode extends NodeBase {
  readonly kind: 'priors';
  readonly areaName: string;
  /** Learned prior of the area as a whole, 0–1; null before it was learned. */
  readonly overall: number | null;
  readonly learnedSlots: number;
  /** Prior of the current weekday and hour, 0–1; null when that slot was not learned. */
  readonly now: number | null;
  readonly lastUpdated: string | null;
}

export interface EntityTypeNode extends NodeBase {
  readonly kind: 'entityType';
  readonly entityType: string;
  readonly count: number;
}

export interface EntityNode extends NodeBase {
  readonly kind: 'entity';
  readonly entity: Entity;
  /** From Home Assistant's registry; null where it has none. */
  readonly friendlyName: string | null;
  /** Whether the row opens into days of intervals, as it does in the Intervals view. */
  readonly opens: boolean;
}

export interface DayNode extends NodeBase {
  readonly kind: 'day';
  readonly day: IntervalDay;
  readonly areaName: string | null;
  readonly entityId: string | null;
}

export interface IntervalNode extends NodeBase {
  readonly kind: 'interval';
  readonly interval: Interval;
  readonly friendlyName: string | null;
  /** Whether rows of other entities stand beside it. */
  readonly mixed: boolean;
  /** Whether the state counts as active for the entity's type. */
  readonly active: boolean;
}

/** "Load more": asks for the next page of its parent. */
export interface MoreNode extends NodeBase {
  readonly kind: 'more';
  readonly parentId: string;
  readonly shown: number;
  /** What the whole list holds; null where that was not counted. */
  readonly total: CappedCount | null;
  /** The day down to which a filter's matches were searched for, `YYYY-MM-DD`; null where the list is known to go on. */
  readonly searchedTo: string | null;
}

/** What a lock is at the moment. */
export interface LockNode extends NodeBase, LockExplanation {
  readonly kind: 'lock';
  readonly state: LockState;
}

/** Something that was counted of a lock. */
export interface LockFactNode extends NodeBase {
  readonly kind: 'lockFact';
  readonly name: string;
  readonly value: string;
}

/** How long something took that was measured of a lock; seconds. */
export interface LockTimesNode extends NodeBase {
  readonly kind: 'lockTimes';
  readonly name: string;
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** An area that a sync adds rows to. */
export interface SyncAreaNode extends NodeBase {
  readonly kind: 'syncArea';
  readonly areaName: string;
  /** Rows to be added. */
  readonly intervals: number;
  readonly samples: number;
  /** Entities that rows are added to. */
  readonly entityCount: number;
}

export interface SyncEntityNode extends NodeBase {
  readonly kind: 'syncEntity';
  readonly areaName: string;
  readonly entityType: string;
  readonly friendlyName: string | null;
  readonly sync: EntitySync;
}

/** The first or the last interval that a sync adds to an entity. */
export interface SyncRowNode extends NodeBase {
  readonly kind: 'syncRow';
  readonly entityName: string;
  readonly place: 'first' | 'last' | 'only';
  readonly row: PreviewRow;
  /** Whether the state counts as active for the entity's type. */
  readonly active: boolean;
}

/** Stands for the intervals between the first and the last. */
export interface SyncBetweenNode extends NodeBase {
  readonly kind: 'syncBetween';
  readonly count: number;
}

/** Opens into the entities that a sync adds nothing to. */
export interface SyncNothingNode extends NodeBase {
  readonly kind: 'syncNothing';
  readonly entityCount: number;
}

/** A database that was checked, where there are several. */
export interface CheckedNode extends NodeBase {
  readonly kind: 'checked';
  readonly name: string;
  readonly findings: readonly Finding[];
}

export interface FindingNode extends NodeBase {
  readonly kind: 'finding';
  readonly finding: Finding;
}

/** A row that a finding is about. */
export interface FindingRowNode extends NodeBase {
  readonly kind: 'findingRow';
  readonly rule: Rule;
  readonly row: FindingRow;
}

export interface EmptyNode extends NodeBase {
  readonly kind: 'empty';
  readonly what: 'areas' | 'entities' | 'intervals' | 'filtered' | 'filteredAreas' | 'unmatched';
}

export interface ProblemNode extends NodeBase {
  readonly kind: 'problem';
  readonly code: ErrorCode;
  readonly message: string;
}

export interface AdviceNode extends NodeBase {
  readonly kind: 'advice';
  readonly nextStep: string;
}

/** What follows is the last good data, read at `at` (ms since the epoch). */
export interface LastGoodNode extends NodeBase {
  readonly kind: 'lastGood';
  readonly at: number;
}

/** A fact about the whole database that the user should know, such as why it is read-only. */
export interface NoticeNode extends NodeBase {
  readonly kind: 'notice';
  readonly text: string;
}

/** Rows below it are of a snapshot, not of the live file. */
export interface SnapshotNode extends NodeBase {
  readonly kind: 'snapshot';
  /** When it was taken, ms since the epoch. */
  readonly at: number;
  /** Why it is one, and what to do in order to write. */
  readonly reason: string;
}
