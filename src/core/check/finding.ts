import type { CappedCount } from '../model';
import type { RetentionKind } from '../overview/overviewFacts';

/** What a check looks for, each under a name of its own. */
export type Rule =
  /** SQLite's own checks found the file damaged. */
  | 'damaged'
  /** Something could not be checked, since reading it failed. */
  | 'unchecked'
  /** Rows of areas or entities that are no longer there. */
  | 'orphans'
  | 'orphanIntervals'
  /** Rows with the same entity, times and level. */
  | 'duplicates'
  /** An entity in two states at once. */
  | 'conflicts'
  /** The same state twice, for longer than AOD's syncing anew explains. */
  | 'overlaps'
  /** An end before the start, or a duration below zero. */
  | 'negativeDurations'
  /** A duration that is not the difference of start and end, or one that AOD does not keep. */
  | 'impossibleDurations'
  /** A start or an end that is no time. */
  | 'badTimes'
  | 'future'
  /** Rows that were written before others with smaller ids. */
  | 'clockSetBack'
  /** A sensor in one state for longer than it can be. */
  | 'stuck'
  /** A sensor that nothing was heard of while others went on. */
  | 'silent'
  | 'retention'
  | 'missingPriors'
  /** A probability, weight or threshold outside its bounds. */
  | 'outOfBounds'
  | 'walSize'
  | 'oldBackup';

export type Severity = 'error' | 'warning' | 'info';

/** An interval as a finding shows it. */
export interface IntervalFacts {
  readonly id: number;
  readonly entityId: string;
  readonly state: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly durationSeconds: number;
}

/** One row that a finding is about, or one fact about the file. */
export type FindingRow =
  | { readonly kind: 'text'; readonly text: string }
  /** Rows of `table` that name an area or entity which is not there. */
  | { readonly kind: 'orphans'; readonly table: string; readonly name: string; readonly rows: CappedCount }
  /** Rows of `table` that have been there for too long. */
  | {
      readonly kind: 'overdue';
      readonly what: RetentionKind;
      readonly keptDays: number;
      readonly oldest: string;
      readonly rows: CappedCount | null;
    }
  | { readonly kind: 'area'; readonly areaName: string; readonly value: FieldValue | null }
  | { readonly kind: 'entity'; readonly entityId: string; readonly value: FieldValue | null }
  /** An entity that was in one state, or silent where that is null, from one moment to another. */
  | {
      readonly kind: 'entityTime';
      readonly entityId: string;
      readonly state: string | null;
      readonly from: string | null;
      readonly to: string;
    }
  /** `other`: the earlier interval that it does not go with. */
  | { readonly kind: 'interval'; readonly interval: IntervalFacts; readonly other: IntervalFacts | null }
  /** Of an interval: when it was written, and when one of a smaller id was. */
  | { readonly kind: 'written'; readonly interval: IntervalFacts; readonly at: string; readonly before: string }
  | { readonly kind: 'file'; readonly name: string; readonly bytes: number; readonly written: number | null };

export interface FieldValue {
  readonly field: string;
  readonly value: number | string | null;
}

export interface Finding {
  readonly rule: Rule;
  readonly severity: Severity;
  /** How many rows it is about. */
  readonly count: CappedCount;
  /** The first of them. */
  readonly examples: readonly FindingRow[];
}

const severities: Readonly<Record<Rule, Severity>> = {
  damaged: 'error',
  unchecked: 'error',
  orphans: 'warning',
  orphanIntervals: 'warning',
  duplicates: 'warning',
  conflicts: 'warning',
  overlaps: 'warning',
  negativeDurations: 'error',
  impossibleDurations: 'warning',
  badTimes: 'error',
  future: 'warning',
  clockSetBack: 'warning',
  stuck: 'warning',
  silent: 'info',
  retention: 'warning',
  missingPriors: 'info',
  outOfBounds: 'warning',
  walSize: 'warning',
  oldBackup: 'info',
};

const order: readonly Severity[] = ['error', 'warning', 'info'];

export function severityOf(rule: Rule): Severity {
  return severities[rule];
}

/** The gravest first; findings of the same severity as they are listed in Rule. */
export function byGravity(findings: readonly Finding[]): Finding[] {
  const rules = Object.keys(severities);
  const rank = ({ severity, rule }: Finding): number => order.indexOf(severity) * rules.length + rules.indexOf(rule);
  return findings.toSorted((left, right) => rank(left) - rank(right));
}
