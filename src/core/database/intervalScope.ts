import type { Entity, Interval, IntervalQuery } from '../model';
import type { SqlReader } from '../ports/sql';
import type { OccupancyQueries } from '../sql/occupancyQueries';
import type { IntervalRow } from '../sql/rows';
import { IntervalReading } from './intervalReading';
import { matchSources, type FilteredEntity, type IntervalSource, type MatchSource } from './intervalSources';
import { intervalFromRow } from './rowMapping';
import { pageBounds } from './timeBounds';

/** Which intervals a request is about. */
export class IntervalScope {
  readonly #queries: OccupancyQueries;
  readonly #query: Pick<IntervalQuery, 'area' | 'entity' | 'filter'>;
  /** What is listed; of an entity in several areas, each. */
  readonly #entities: readonly Entity[];
  /** By entity id: the first area that lists it. */
  readonly #firstAreas: ReadonlyMap<string, string>;

  /** @param query its area is known to exist; @param entities not needed where neither the schema nor a filter asks for them */
  constructor(queries: OccupancyQueries, query: Pick<IntervalQuery, 'area' | 'entity' | 'filter'>, entities: readonly Entity[]) {
    this.#queries = queries;
    this.#query = query;
    this.#entities = entities;
    this.#firstAreas = new Map(entities.toReversed().map(({ entityId, areaName }) => [entityId, areaName]));
  }

  /** @param expected rows that will be asked for; Infinity for all */
  reading(reader: SqlReader, query: Omit<IntervalQuery, 'limit'>, expected: number): IntervalReading {
    return new IntervalReading(reader, this.#sources(), pageBounds(query), expected);
  }

  /** What days that a filter leaves are found in. */
  matches(): MatchSource[] {
    const { area, entity, filter = {} } = this.#query;
    const known = new Map<string, FilteredEntity>();
    for (const one of this.#entities) if (area === undefined || one.areaName === area) known.set(one.entityId, one);
    if (entity === undefined) return matchSources(this.#queries, [...known.values()], filter, area ?? null);
    const isElsewhere = area !== undefined && !known.has(entity);
    const one = known.get(entity) ?? { entityId: entity, entityType: 'unknown' };
    return isElsewhere ? [] : matchSources(this.#queries, [one], filter, area ?? null);
  }

  /** A row with its area: in v2/v3 the one asked for, else the first that lists the entity. */
  toInterval = (row: IntervalRow): Interval => {
    const interval = intervalFromRow(row);
    if (interval.areaName !== null) return interval;
    return { ...interval, areaName: this.#query.area ?? this.#firstAreas.get(row.entity_id) ?? null };
  };

  #sources(): readonly IntervalSource[] {
    const { area, entity, filter } = this.#query;
    const { allIntervals, entityIntervals, areaIntervals, areaEntityIntervals } = this.#queries;
    if (filter) return this.matches();
    if (area === undefined) return entity === undefined ? [unsifted(allIntervals, {})] : [unsifted(entityIntervals, { entity })];
    if (entity !== undefined) return areaEntityIntervals ? [unsifted(areaEntityIntervals, { area, entity })] : this.matches();
    // In v2/v3 an interval has no area of its own: those of the area's entities are merged.
    return areaIntervals.page ? [unsifted({ page: areaIntervals.page }, { area })] : this.matches();
  }
}

function unsifted({ page }: Pick<IntervalSource, 'page'>, parameters: IntervalSource['parameters']): IntervalSource {
  return { page, parameters, accepts: () => true };
}
