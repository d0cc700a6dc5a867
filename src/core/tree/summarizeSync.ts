import type { Format } from '../format';
import type { EntitySync, IntervalCounts, SampleCounts, SyncReport } from '../sync/syncReport';
import { counted } from './presentation';

/** Numbers of rows that belong together: what is to be written, or what was. */
export interface RowCounts {
  readonly intervals: number;
  readonly samples: number;
}

/** `412 intervals and 96 samples`, `1 interval`, `nothing`. */
export function describeRows({ intervals, samples }: RowCounts, format: Format, and = ' and '): string {
  const parts = [
    ...(intervals > 0 ? [counted(intervals, 'interval', 'intervals', format)] : []),
    ...(samples > 0 ? [counted(samples, 'sample', 'samples', format)] : []),
  ];
  return parts.join(and) || 'nothing';
}

/** What a plan, an area or an entity of it adds. */
export function rowsAdded({ intervals, samples }: { intervals: IntervalCounts; samples: SampleCounts }): RowCounts {
  return { intervals: intervals.added, samples: samples.added };
}

/** Whether a plan, an area or an entity of it adds any row. */
export function addsRows(of: { readonly intervals: IntervalCounts; readonly samples: SampleCounts }): boolean {
  return of.intervals.added > 0 || of.samples.added > 0;
}

/**
 * What a plan amounts to, as a clause without a full stop:
 * `Add 412 intervals in 6 areas and 96 samples; 1,204 already there, 33 too short`, or `Nothing to add: 33 intervals are too short`.
 */
export function summarizeSync(report: SyncReport, format: Format): string {
  if (!addsRows(report)) return `Nothing to add: ${whyNothing(report, format)}`;
  const { intervals, samples } = rowsAdded(report);
  const where = ` in ${counted(report.areas.filter(addsRows).length, 'area', 'areas', format)}`;
  const rows = intervals > 0 ? describeRows({ intervals, samples: 0 }, format) : describeRows({ intervals: 0, samples }, format);
  const others = intervals > 0 && samples > 0 ? ` and ${describeRows({ intervals: 0, samples }, format)}` : '';
  const skipped = skips(report.intervals).map(({ count, reason }) => `${format.number(count)} ${reason}`);
  return [`Add ${rows}${where}${others}`, ...(skipped.length > 0 ? [skipped.join(', ')] : [])].join('; ');
}

/** Why an entity adds nothing, as a clause: `12 already there, 3 too short`, `no states since then`. */
export function whyEntityAddsNothing({ states, intervals, samples }: EntitySync, format: Format): string {
  if (states === 0) return 'not in the history';
  const reasons = skips(intervals).map(({ count, reason }) => `${format.number(count)} ${reason}`);
  if (samples.alreadyThere > 0)
    reasons.push(`${describeRows({ intervals: 0, samples: samples.alreadyThere }, format)} already there`);
  return reasons.join(', ') || 'nothing new';
}

function whyNothing({ start, intervals, samples }: SyncReport, format: Format): string {
  const clauses = skips(intervals).map(({ count, reason }, index) => {
    const rows = index === 0 ? counted(count, 'interval', 'intervals', format) : format.number(count);
    return `${rows} ${count === 1 ? 'is' : 'are'} ${reason}`;
  });
  const there = samples.alreadyThere;
  const also = `${describeRows({ intervals: 0, samples: there }, format)} ${there === 1 ? 'is' : 'are'} already there`;
  if (clauses.length === 0) return there > 0 ? also : `no states since ${format.moment(start)}`;
  return [clauses.join(', '), ...(there > 0 ? [also] : [])].join('; ');
}

/** Intervals that are left out, by reason, the usual ones first. */
function skips(counts: IntervalCounts): readonly { readonly count: number; readonly reason: string }[] {
  return [
    { count: counts.alreadyThere, reason: 'already there' },
    { count: counts.tooShort, reason: 'too short' },
    { count: counts.tooLong, reason: 'too long' },
    { count: counts.unusable, reason: 'unavailable' },
    { count: counts.tooOld, reason: 'too old' },
  ].filter(({ count }) => count > 0);
}
