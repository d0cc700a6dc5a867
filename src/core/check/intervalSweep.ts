import { isActive } from '../activeStates';
import type { SqlValue } from '../ports/sql';
import type { CheckedIntervalRow } from '../sql/checkQueries';
import { StoredTimes } from '../storedTimes';
import { HOUR_US, SECOND_US } from '../time';
import type { IntervalFacts } from './finding';
import type { Findings } from './findings';

/** AOD re-reads its last hour at each sync: a state that lasted through it comes in again for at most that long. */
const READ_AGAIN = HOUR_US;
/** Home Assistant's recorder commits a state some seconds late, so that a sync may take the one before it for still in force, µs. */
const RECORDER_DELAY = 60 * SECOND_US;
/** AOD keeps no `on` that is longer, s. */
const LONGEST_ON = 46_800;
/** What a duration may be off for the rounding of floats, s. */
const ROUNDING = 1;
/** AOD of 2025 let the states that went on at its last sync end an hour later than it counted, s. */
const UNCOUNTED = 3600;
/** A clock of another computer may be ahead by as much, µs. */
const AHEAD = 5 * 60 * SECOND_US;
/** Between two intervals of one state: what was unknown for no longer is not taken for a change, µs. */
const BRIDGED = HOUR_US;
/** How long somebody may really be in front of a motion sensor, µs. */
const LONGEST_MOTION = 24 * HOUR_US;
/** Of what never stands still, such as a temperature, µs. */
const LONGEST_READING = 7 * 24 * HOUR_US;
const RESTLESS: ReadonlySet<string> = new Set(['temperature', 'humidity', 'co2', 'pressure']);
/** Intervals that are remembered for overlapping the next; more overlap only where all is wrong already. */
const MOST_OPEN = 50;

interface Open {
  readonly row: CheckedIntervalRow;
  readonly start: number;
  readonly end: number;
}

/** An entity as its intervals are judged. */
export interface SweptEntity {
  readonly entityId: string;
  /** undefined for one that is not listed. */
  readonly entityType: string | undefined;
}

/**
 * Looks at the intervals of one entity, in the order of their starts, each once: durations, times to come, overlaps, and
 * states that last too long. It holds a few intervals at a time.
 */
export class IntervalSweep {
  readonly #entity: SweptEntity;
  readonly #findings: Findings;
  /** µs since the epoch. */
  readonly #now: number;
  readonly #times: StoredTimes;
  #open: Open[] = [];
  #run: { readonly state: SqlValue; readonly from: Open; end: number; last: Open } | undefined;
  #latestEnd: string | null = null;
  #count = 0;

  /** @param now µs since the epoch */
  constructor(entity: SweptEntity, findings: Findings, now: number, times = new StoredTimes()) {
    this.#entity = entity;
    this.#findings = findings;
    this.#now = now;
    this.#times = times;
  }

  /** Intervals seen. */
  get count(): number {
    return this.#count;
  }

  /** Where the last one of sound times ends; null for none. */
  get latestEnd(): string | null {
    return this.#latestEnd;
  }

  add(row: CheckedIntervalRow): void {
    this.#count += 1;
    const [start, end] = [this.#moment(row.start_time), this.#moment(row.end_time)];
    if (Number.isNaN(start) || Number.isNaN(end)) return this.#found('badTimes', row);
    this.#judgeDuration(row, (end - start) / SECOND_US);
    if (Math.max(start, end) > this.#now + AHEAD) this.#found('future', row);
    if (end < start) return;
    const endTime = String(row.end_time);
    if (this.#latestEnd === null || endTime > this.#latestEnd) this.#latestEnd = endTime;
    if (row.aggregation_level !== 'raw') return;
    const open: Open = { row, start, end };
    this.#judgeOverlaps(open);
    this.#followState(open);
  }

  /** To be called after the last. */
  end(): void {
    this.#endRun();
  }

  #moment(text: SqlValue): number {
    return typeof text === 'string' ? this.#times.microseconds(text) : Number.NaN;
  }

  #judgeDuration(row: CheckedIntervalRow, difference: number): void {
    const { state } = row;
    const duration = typeof row.duration_seconds === 'number' ? row.duration_seconds : Number.NaN;
    if (difference < 0 || duration < 0) return this.#found('negativeDurations', row);
    const isDifference = [0, UNCOUNTED].some((uncounted) => Math.abs(difference - uncounted - duration) <= ROUNDING);
    const isTooLong = row.aggregation_level === 'raw' && state === 'on' && difference > LONGEST_ON + ROUNDING;
    if (!isDifference || isTooLong) this.#found('impossibleDurations', row);
  }

  #judgeOverlaps(next: Open): void {
    this.#open = this.#open.filter(({ end }) => end >= next.start);
    const clash =
      this.#open.find((open) => isDuplicate(open, next) || isConflict(open, next)) ??
      this.#open.find((open) => isOverlap(open, next));
    if (clash)
      this.#found(
        isDuplicate(clash, next) ? 'duplicates' : isConflict(clash, next) ? 'conflicts' : 'overlaps',
        next.row,
        clash.row,
      );
    this.#open.push(next);
    if (this.#open.length > MOST_OPEN)
      this.#open = this.#open.toSorted((left, right) => right.end - left.end).slice(0, MOST_OPEN);
  }

  #followState(next: Open): void {
    const run = this.#run;
    if (run && run.state === next.row.state && next.start <= run.end + BRIDGED) {
      run.end = Math.max(run.end, next.end);
      run.last = next;
      return;
    }
    this.#endRun();
    this.#run = { state: next.row.state, from: next, end: next.end, last: next };
  }

  #endRun(): void {
    const { entityId, entityType } = this.#entity;
    const run = this.#run;
    this.#run = undefined;
    if (!run || entityType === undefined) return;
    const state = String(run.state);
    const longest = longestState(entityType, state);
    if (run.end - run.from.start <= longest) return;
    const [from, to] = [String(run.from.row.start_time), String(run.last.row.end_time)];
    this.#findings.add('stuck', { kind: 'entityTime', entityId, state, from, to });
  }

  #found(
    rule: 'badTimes' | 'future' | 'negativeDurations' | 'impossibleDurations' | 'duplicates' | 'conflicts' | 'overlaps',
    row: CheckedIntervalRow,
    other?: CheckedIntervalRow,
  ): void {
    const facts = (of: CheckedIntervalRow): IntervalFacts => intervalFacts(this.#entity.entityId, of);
    this.#findings.add(rule, { kind: 'interval', interval: facts(row), other: other ? facts(other) : null });
  }
}

export function intervalFacts(entityId: string, row: CheckedIntervalRow): IntervalFacts {
  return {
    id: row.id,
    entityId,
    state: String(row.state),
    startTime: String(row.start_time),
    endTime: String(row.end_time),
    durationSeconds: Number(row.duration_seconds),
  };
}

function isDuplicate(open: Open, next: Open): boolean {
  return open.start === next.start && open.end === next.end;
}

function isConflict(open: Open, next: Open): boolean {
  return open.row.state !== next.row.state && Math.min(open.end, next.end) - next.start > RECORDER_DELAY;
}

/** AOD takes the state in force an hour back for new, and lets a state that goes on end at each sync: neither is a fault. */
function isOverlap(open: Open, next: Open): boolean {
  return (
    open.row.state === next.row.state &&
    open.start !== next.start &&
    Math.min(open.end, next.end) - next.start > READ_AGAIN + RECORDER_DELAY
  );
}

/** How long a sensor may be in a state without being stuck, µs. */
function longestState(entityType: string, state: string): number {
  if (entityType === 'motion' && isActive(entityType, state)) return LONGEST_MOTION;
  return RESTLESS.has(entityType) ? LONGEST_READING : Number.POSITIVE_INFINITY;
}
