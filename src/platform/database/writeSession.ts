import { addIntervals, addSamples } from '../../core/database/addRows';
import type { OccupancySchema } from '../../core/database/occupancySchema';
import { OccupancyReads } from '../../core/database/occupancyReads';
import type { OccupancySession } from '../../core/database/occupancySession';
import { saveArea } from '../../core/database/saveArea';
import { removeHistory } from '../../core/database/removeHistory';
import { saveEntity } from '../../core/database/saveEntity';
import { UnexpectedError } from '../../core/errors';
import type { HistoryPart, RemovedRows } from '../../core/history/learnedHistory';
import type { LockGuarantee } from '../../core/lock/lock';
import type { AreaInput, EntityFilter, EntityInput, EntitySaved, IntervalQuery } from '../../core/model';
import type { IntervalDayQuery } from '../../core/database/occupancyReader';
import type { Clock } from '../../core/ports/clock';
import type { Log } from '../../core/ports/log';
import type { SqlWriter } from '../../core/ports/sql';
import { keepEarlierMetadata, removeLaterMetadata } from '../../core/sql/syncStatements';
import type { PlannedInterval, PlannedSample } from '../../core/sync/syncPlan';
import { utcText } from '../../core/time';
import { UNFINISHED_SYNC_KEY, unfinishedValue } from '../../core/sync/unfinishedSync';

interface SessionParts {
  readonly writer: SqlWriter;
  readonly schema: OccupancySchema;
  readonly clock: Clock;
  readonly log: Log;
  readonly guarantee: LockGuarantee;
  readonly fence: number | null;
  readonly changedSinceOpened: boolean;
}

/** The session that a write transaction's function is given; of no use once the transaction is over. */
export class WriteSession implements OccupancySession {
  readonly changedSinceOpened: boolean;
  readonly guarantee: LockGuarantee;
  readonly fence: number | null;
  readonly #parts: SessionParts;
  readonly #reads: OccupancyReads;
  #isOver = false;

  constructor(parts: SessionParts) {
    this.changedSinceOpened = parts.changedSinceOpened;
    this.guarantee = parts.guarantee;
    this.fence = parts.fence;
    this.#parts = parts;
    this.#reads = new OccupancyReads(parts.writer, parts.schema);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  end(): void {
    this.#isOver = true;
  }

  /** Every read there is, inside this transaction. */
  get reads(): OccupancyReads {
    this.#open();
    return this.#reads;
  }

  getAreas = () => this.reads.areas();
  getEntities = (filter?: EntityFilter) => this.reads.entities(filter);
  getIntervals = (query: IntervalQuery) => this.reads.intervals(query);
  getIntervalDays = (query: IntervalDayQuery) => this.reads.intervalDays(query);
  getPriors = (area: string) => this.reads.priors(area);
  getOccupiedSpan = (area: string, from: string, to: string) => this.reads.occupiedSpan(area, from, to);
  getLatestInterval = () => this.reads.latestInterval(this.#parts.clock.now());
  loadData = () => this.reads.loadData();
  getAreaData = (area: string) => this.reads.areaData(area);

  saveArea(area: AreaInput, at?: string): void {
    const { writer, schema, clock } = this.#open();
    saveArea(writer, schema, area, at ?? utcText(clock.now()));
  }

  saveEntity(entity: EntityInput, at?: string): EntitySaved {
    const { writer, schema, clock, log } = this.#open();
    return saveEntity(writer, schema, entity, at ?? utcText(clock.now()), log);
  }

  removeHistory(part: HistoryPart, after: number, limit: number): RemovedRows {
    const { writer, schema } = this.#open();
    return removeHistory(writer, schema.history, part, after, limit);
  }

  addIntervals(intervals: Iterable<PlannedInterval>): number {
    const { writer, schema, clock } = this.#open();
    return addIntervals(writer, schema.generation, intervals, clock.now());
  }

  addSamples(samples: Iterable<PlannedSample>): number {
    const { writer, clock } = this.#open();
    return addSamples(writer, samples, clock.now());
  }

  noteUnfinishedSync(start: string, isUnfinished: boolean): void {
    const row = { key: UNFINISHED_SYNC_KEY, value: unfinishedValue(start) };
    this.#open().writer.run(isUnfinished ? keepEarlierMetadata : removeLaterMetadata, row);
  }

  #open(): SessionParts {
    if (this.#isOver)
      throw new UnexpectedError('A database session was used after it was over.', 'Wait for all its work inside it.');
    return this.#parts;
  }
}
