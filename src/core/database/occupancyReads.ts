import { InvalidDataError, SchemaError } from '../errors';
import type {
  Area,
  AreaData,
  AreaPriors,
  Entity,
  EntityFilter,
  GlobalPrior,
  Interval,
  IntervalDay,
  IntervalQuery,
  OccupiedSpan,
} from '../model';
import type { SqlReader } from '../ports/sql';
import { distinctByType, isNumericType } from '../entityTypes';
import { DAY_MS, HOUR_MS, utcMicroseconds, utcMilliseconds } from '../time';
import type { LanesQuery } from '../timeline/lanes';
import type { TimelineQuery } from '../timeline/timeline';
import type { IntervalRow } from '../sql/rows';
import { byName } from './byName';
import { FilteredDays } from './filteredDays';
import { firstReaching } from './firstReaching';
import { cappedCount, intervalDays } from './intervalDays';
import { IntervalScope } from './intervalScope';
import { LanesReading, type LanesScope } from './lanesReading';
import type { IntervalDayQuery } from './occupancyReader';
import type { OccupancySchema } from './occupancySchema';
import { OccupiedReading } from './occupiedReading';
import { OverviewReads } from './overviewReads';
import { ReachingReading } from './reachingReading';
import { areaFromRow, entityFromRow, globalPriorFromRow, priorFromRow } from './rowMapping';
import { SampleReading } from './sampleReading';
import { requireCount, timeBound } from './timeBounds';
import type { TimelineReading } from './timelineAnswers';
import { totalSeconds } from './timeSpans';

/** Rows that a summary counts before it says "10 000+". */
const SUMMARY_COUNT_LIMIT = 10_000;

/** Lanes that are read at once: more than can be seen. */
const MOST_LANES = 120;

/** Lets a read have its turn: what takes long is read in several, so that others read and write in between. */
export type Browse = <T>(read: (reads: OccupancyReads) => T) => Promise<T>;

/** Every read of an occupancy database, on whatever connection it is given: the browsing one, or that of a write session. */
export class OccupancyReads {
  readonly #reader: SqlReader;
  readonly #schema: OccupancySchema;

  constructor(reader: SqlReader, schema: OccupancySchema) {
    this.#reader = reader;
    this.#schema = schema;
  }

  get overview(): OverviewReads {
    return new OverviewReads(this.#reader, this.#schema, this);
  }

  areas(): Area[] {
    const areas = this.#reader.all(this.#schema.queries.areas).map(areaFromRow);
    return areas.toSorted((left, right) => byName.compare(left.areaName, right.areaName));
  }

  entities(filter: EntityFilter = {}): Entity[] {
    if (filter.area !== undefined) this.#area(filter.area);
    const { area = null, type = null, entity = null } = filter;
    const rows = this.#reader.all(this.#schema.queries.entities, { area, type, entity });
    return rows.map(entityFromRow).toSorted((left, right) => byName.compare(left.areaName, right.areaName));
  }

  intervals(query: IntervalQuery): Interval[] {
    const limit = requireCount(query.limit, 'limit');
    const { reading, toInterval } = this.intervalRows(query, limit);
    const rows: IntervalRow[] = [];
    for (let more = reading.step(); more && rows.length < limit; more = reading.step()) rows.push(...more);
    return rows.slice(0, limit).map(toInterval);
  }

  /** The same, to be read in steps; `toInterval` makes a row what it is for the caller. @param expected rows that will be asked for */
  intervalRows(query: Omit<IntervalQuery, 'limit'>, expected: number): IntervalRows {
    const scope = this.#scope(query);
    return { reading: scope.reading(this.#reader, query, expected), toInterval: scope.toInterval };
  }

  /**
   * Intervals as the timeline of an area or an entity draws them, newest first: of each entity all of its own, on whatever area they are
   * booked, and after those that begin in the time shown those that reach into it.
   */
  timelineRows({ area, entity, from, to }: TimelineRowsQuery): readonly IntervalRows[] {
    const bound = timeBound(from, 'from');
    const listed = this.entities(area === undefined ? {} : { area }).map(({ entityId }) => entityId);
    const entities = entity === undefined ? [...new Set(listed)] : [entity];
    const inside = this.intervalRows({ filter: { entities }, from, to }, Number.POSITIVE_INFINITY);
    const reach = (one: string): IntervalRow[] => {
      const first = firstReaching(this.#reader, this.#schema.queries, one, utcMicroseconds(from));
      const { reading } = this.intervalRows({ entity: one, from: first, to: from }, Number.POSITIVE_INFINITY);
      const rows: IntervalRow[] = [];
      for (let more = reading.step(); more; more = reading.step()) rows.push(...more.filter(({ end_time: end }) => end > bound));
      return rows;
    };
    return [inside, { reading: new ReachingReading(entities, reach), toInterval: inside.toInterval }];
  }

  /** Days that a filter leaves, to be found in steps. */
  filteredDays(query: IntervalDayQuery): FilteredDays {
    return new FilteredDays(this.#reader, this.#scope(query).matches(), query);
  }

  intervalDays(query: IntervalDayQuery): IntervalDay[] {
    const { queries } = this.#schema;
    const { entity } = query;
    const area = query.area === undefined ? undefined : this.#area(query.area).areaName;
    if (area !== undefined && entity !== undefined) {
      if (queries.areaEntityIntervals) return intervalDays(this.#reader, queries.areaEntityIntervals, { area, entity }, query);
      if (this.entities({ area, entity }).length === 0) return [];
    }
    if (entity !== undefined) return intervalDays(this.#reader, queries.entityIntervals, { entity }, query);
    if (area !== undefined) return intervalDays(this.#reader, queries.areaIntervals, { area }, query);
    return intervalDays(this.#reader, queries.allIntervals, {}, query);
  }

  /** Ids of the entities whose states have names. */
  namedStateEntities(): string[] {
    const named = this.entities().filter(({ entityType }) => !isNumericType(entityType));
    return [...new Set(named.map(({ entityId }) => entityId))];
  }

  /** The states among the newest `limit` intervals of each entity. */
  recentStates(entities: readonly string[], limit: number): string[] {
    const { recentStates } = this.#schema.queries;
    return entities.flatMap((entity) => this.#reader.all(recentStates, { entity, limit }).map(({ state }) => state));
  }

  priors(areaName: string): AreaPriors {
    const area = this.#area(areaName);
    return {
      areaName,
      clock: this.#schema.generation === 'legacy' ? 'utc' : 'local',
      overall: area.areaPrior,
      globalPrior: this.globalPrior(area.areaName),
      slots: this.#reader.all(this.#schema.queries.priors, { area: area.areaName }).map(priorFromRow),
    };
  }

  /** null where the schema has none, and before the first analysis. @param area its name, known to exist */
  globalPrior(area: string): GlobalPrior | null {
    const { globalPrior } = this.#schema.queries;
    const row = globalPrior ? this.#reader.get(globalPrior, { area }) : undefined;
    return row ? globalPriorFromRow(row) : null;
  }

  /** Numeric samples to be read in steps; null where the schema has none. */
  samples({ area, entity }: { readonly area?: string; readonly entity?: string }): SampleReading | null {
    const { samples } = this.#schema.queries;
    if (!samples) return null;
    const ofArea = area === undefined ? null : this.entities({ area }).map(({ entityId }) => entityId);
    return new SampleReading(this.#reader, samples, entity === undefined ? ofArea : [entity]);
  }

  occupiedSpan(areaName: string, from: string, to: string): OccupiedSpan {
    const { queries } = this.#schema;
    const { areaName: area } = this.#area(areaName);
    timeBound(from, 'from');
    timeBound(to, 'to');
    const reading = new OccupiedReading(this.#reader, queries, area, { start: utcMicroseconds(from), end: utcMicroseconds(to) });
    while (!reading.step());
    const occupied = reading.spans();
    const [newest] = this.intervals({ area, from, to, limit: 1 });
    return {
      occupiedSeconds: totalSeconds(occupied),
      occupiedIntervals: occupied.length,
      rows: cappedCount(this.#reader, queries.areaIntervals, { area }, { from, to, limit: SUMMARY_COUNT_LIMIT }),
      lastEndTime: newest?.endTime ?? null,
    };
  }

  /** A timeline that is to be read in steps: one statement for 100,000 intervals would make everybody wait. */
  timeline(query: TimelineQuery): TimelineReading {
    const { occupied, entities } = this.#timelineScope(query);
    const shown = entities.slice(0, MOST_LANES);
    return { reading: this.#lanesReading({ occupied, entities: shown }, query), omitted: entities.length - shown.length };
  }

  /** Lanes that are to be read in steps. */
  lanes(query: LanesQuery): LanesReading {
    const { occupied, entities } = query;
    const count = occupied.length + entities.length;
    if (count === 0 || count > MOST_LANES) {
      const nextStep = 'Ask for the lanes that can be seen.';
      throw new InvalidDataError(`From 1 to ${MOST_LANES} lanes can be read at once, not ${count}.`, nextStep);
    }
    return this.#lanesReading({ occupied: occupied.map((area) => this.#area(area).areaName), entities }, query);
  }

  /** The seed's get_latest_interval: the newest end less an hour, which a sync reads again; without any, ten days before `now` (ms). */
  latestInterval(now: number): Date {
    const newest = utcMilliseconds(this.#reader.get(this.#schema.queries.latestEnd)?.newest ?? '');
    return new Date(Number.isNaN(newest) ? now - 10 * DAY_MS : newest - HOUR_MS);
  }

  loadData(): AreaData[] {
    const entities = this.entities();
    return this.areas().map((area) => ({ area, entities: entities.filter(({ areaName }) => areaName === area.areaName) }));
  }

  /** By name; in v2/v3 also by entry id, which is what the seed's get_area_data is given. */
  areaData(areaName: string): AreaData {
    const area = this.#area(areaName);
    return { area, entities: this.entities({ area: area.areaName }) };
  }

  #lanesReading(scope: LanesScope, { from, to, resolution }: Pick<LanesQuery, 'from' | 'to' | 'resolution'>): LanesReading {
    timeBound(from, 'from');
    timeBound(to, 'to');
    const range = { start: utcMicroseconds(from), end: utcMicroseconds(to) };
    if (!(range.start < range.end))
      throw new InvalidDataError(`${from} is not before ${to}.`, 'Give a range that ends after it begins.');
    if (!(resolution > 0))
      throw new InvalidDataError(`resolution must be above 0 ms, not ${resolution}.`, 'Give a larger resolution.');
    return new LanesReading(this.#reader, this.#schema.queries, scope, range, Math.ceil(resolution * 1000));
  }

  #area(name: string): Area {
    const areas = this.areas();
    const byEntry = this.#schema.generation === 'legacy' ? areas.find(({ entryId }) => entryId === name) : undefined;
    const found = areas.find(({ areaName }) => areaName === name) ?? byEntry;
    if (found) return found;
    throw new SchemaError(`There is no area “${name}” in this database.`, 'Refresh: it may have been renamed or removed.');
  }

  #timelineScope({ area, entity }: TimelineQuery): LanesScope {
    if (entity !== undefined) {
      const [known] = this.entities({ entity });
      return { occupied: [], entities: [known ?? { entityId: entity, entityType: 'unknown' }] };
    }
    if (area === undefined) throw new InvalidDataError('A timeline needs an area or an entity.', 'Give one of them.');
    const { areaName } = this.#area(area);
    return { occupied: [areaName], entities: distinctByType(this.entities({ area: areaName })) };
  }

  #scope(query: Pick<IntervalQuery, 'area' | 'entity' | 'filter'>): IntervalScope {
    const { entity } = query;
    const area = query.area === undefined ? {} : { area: this.#area(query.area).areaName };
    const needsEntities = this.#schema.generation === 'legacy' || query.filter !== undefined;
    const entities = needsEntities ? this.entities({ ...area, ...(entity !== undefined && { entity }) }) : [];
    return new IntervalScope(this.#schema.queries, { ...query, ...area }, entities);
  }
}

type TimelineRowsQuery = Pick<IntervalQuery, 'area' | 'entity'> & { readonly from: string; readonly to: string };

export interface IntervalRows {
  readonly reading: { step(): IntervalRow[] | null };
  readonly toInterval: (row: IntervalRow) => Interval;
}
