import { UnexpectedError } from '../errors';
import { Column } from './column';
import { type IntervalFault, judgeInterval } from './judgeInterval';
import { pythonFloat } from './pythonFloat';
import type { StateBatch, StateChange } from './stateSource';
import type { SyncEntity } from './syncEntities';
import { NO_TEXT, TextStore } from './textStore';
import { TimeRows } from './timeRows';

/** What became of one entity's states, less what the database turns out to have. */
export interface EntityTally {
  readonly entity: SyncEntity;
  states: number;
  readonly faults: Record<IntervalFault, number>;
  /** Rows that the sync itself had already, or the database has. */
  intervalsThere: number;
  samplesThere: number;
}

/**
 * Makes intervals and samples of states: pure, and compact, since there may be a million. Takes the states of an entity in
 * order of time, of several entities in any order.
 */
export class SyncPlanner {
  readonly tallies: readonly EntityTally[];
  readonly texts = new TextStore();
  /** Intervals by start; `intervalEnds` (µs) and `intervalStates` (texts) go by the same row numbers. */
  readonly intervals: TimeRows;
  readonly intervalEnds = Column.ofFloats();
  readonly intervalStates = Column.ofIndexes();
  /** Numeric samples by time, likewise. */
  readonly samples: TimeRows;
  readonly sampleStates = Column.ofIndexes();
  readonly sampleUnits = Column.ofIndexes();
  readonly #now: number;
  readonly #indexes: ReadonlyMap<string, number>;
  /** The newest state of each entity: how long it lasts is not known yet. */
  readonly #pending: (StateChange | undefined)[];

  /** @param now µs since the epoch: the end of the last state of every entity */
  constructor(entities: readonly SyncEntity[], now: number) {
    this.#now = now;
    this.tallies = entities.map((entity) => ({
      entity,
      states: 0,
      faults: { tooShort: 0, tooLong: 0, unusable: 0, tooOld: 0 },
      intervalsThere: 0,
      samplesThere: 0,
    }));
    this.intervals = new TimeRows(entities.length);
    this.samples = new TimeRows(entities.length);
    this.#indexes = new Map(entities.map(({ entityId }, index) => [entityId, index]));
    this.#pending = Array.from(entities, () => undefined);
  }

  /** Takes in more states of an entity; those of an entity that nobody asked for are left out. */
  add({ entityId, changes }: StateBatch): void {
    const index = this.#indexes.get(entityId);
    const tally = index === undefined ? undefined : this.tallies[index];
    if (index === undefined || !tally) return;
    let before = this.#pending[index];
    for (const change of changes) {
      if (before && change.at < before.at) throw unordered(entityId);
      tally.states += 1;
      if (before) this.#addInterval(index, tally, before, change.at);
      if (tally.entity.sampleArea) this.#addSample(index, tally, change);
      before = change;
    }
    this.#pending[index] = before;
  }

  /** Lets the last state of every entity last until now. */
  end(): void {
    for (const [index, tally] of this.tallies.entries()) {
      const last = this.#pending[index];
      if (last) this.#addInterval(index, tally, last, this.#now);
      this.#pending[index] = undefined;
    }
  }

  #addInterval(index: number, tally: EntityTally, { state, at }: StateChange, end: number): void {
    const fault = judgeInterval(state, at, end, this.#now);
    if (fault !== null) {
      tally.faults[fault] += 1;
      return;
    }
    // Equal keys follow each other: of states that came about at one moment, all but the last end at it.
    const last = this.intervals.last(index);
    if (last !== null && this.intervals.at(last) === at && this.intervalEnds.get(last) === end) {
      tally.intervalsThere += 1;
      return;
    }
    this.intervals.push(index, at);
    this.intervalEnds.push(end);
    this.intervalStates.push(this.texts.add(state ?? ''));
  }

  #addSample(index: number, tally: EntityTally, { state, at, unit }: StateChange): void {
    const value = state === null ? null : pythonFloat(state);
    // SQLite keeps NaN as NULL, which a sample's value cannot be.
    if (state === null || value === null || Number.isNaN(value)) return;
    const last = this.samples.last(index);
    if (last !== null && this.samples.at(last) === at) {
      tally.samplesThere += 1;
      return;
    }
    this.samples.push(index, at);
    this.sampleStates.push(this.texts.add(state));
    this.sampleUnits.push(unit === null ? NO_TEXT : this.texts.add(unit));
  }
}

function unordered(entityId: string): UnexpectedError {
  return new UnexpectedError(`The states of ${entityId} did not come in order of time.`, 'Nothing was changed.');
}
