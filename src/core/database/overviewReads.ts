import { distinctByType } from '../entityTypes';
import type { Entity } from '../model';
import type { SqlReader } from '../ports/sql';
import type {
  AreaOverview,
  AreaOverviewQuery,
  AreaRelationship,
  AreaTransition,
  Correlation,
  OldestRow,
  TableRows,
} from '../overview/overviewFacts';
import { tableCount, type OverviewQueries, type TransitionRow } from '../sql/overviewQueries';
import { metadataValue } from '../sql/schemaQueries';
import { capped } from './intervalDays';
import type { OccupancyReads } from './occupancyReads';
import type { OccupancySchema } from './occupancySchema';
import { correlationFromRow } from './rowMapping';
import { requireCount } from './timeBounds';

/** Rows of a table that are counted before it says "10 000+". */
const COUNT_LIMIT = 10_000;

/** Ways out of one area that are read; a home of thirty rooms has fewer. */
const MOST_TRANSITIONS = 1000;

const LAST_PRUNED = 'last_prune_time';

/** The reads that an overview is made of, each short enough to be one step. */
export class OverviewReads {
  readonly #reader: SqlReader;
  readonly #schema: OccupancySchema;
  readonly #reads: OccupancyReads;

  constructor(reader: SqlReader, schema: OccupancySchema, reads: OccupancyReads) {
    this.#reader = reader;
    this.#schema = schema;
    this.#reads = reads;
  }

  /** The tables that were there when the database was opened. */
  get tables(): readonly string[] {
    return [...this.#schema.tables.keys()].filter((table) => !table.startsWith('sqlite_')).toSorted();
  }

  rows(table: string): TableRows {
    const count = this.#reader.get(tableCount(table), { limit: COUNT_LIMIT + 1 })?.count ?? 0;
    return { table, rows: capped(count, COUNT_LIMIT) };
  }

  newestInterval(): string | null {
    return this.#reader.get(this.#schema.queries.latestEnd)?.newest ?? null;
  }

  lastPruned(): string | null {
    if (!this.#schema.tables.get('metadata')?.has('value')) return null;
    const value = this.#reader.get(metadataValue, { key: LAST_PRUNED })?.value;
    return typeof value === 'string' ? value : null;
  }

  oldest(): OldestRow[] {
    const { oldestInterval, oldestAggregate, oldestSample } = this.#queries;
    const found: OldestRow[] = [{ kind: 'raw', start: this.#reader.get(oldestInterval)?.oldest ?? null }];
    if (oldestAggregate) {
      for (const kind of ['daily', 'weekly', 'monthly'] as const)
        found.push({ kind, start: this.#reader.get(oldestAggregate, { period: kind })?.oldest ?? null });
    }
    if (oldestSample) found.push({ kind: 'samples', start: this.#reader.get(oldestSample)?.oldest ?? null });
    return found;
  }

  /** Throws SchemaError when there is no such area. */
  area({ area: name, entityLimit }: AreaOverviewQuery): AreaOverview {
    requireCount(entityLimit, 'entityLimit');
    const { area, entities } = this.#reads.areaData(name);
    const distinct = distinctByType(entities);
    const shown = distinct.slice(0, entityLimit);
    return {
      area,
      globalPrior: this.#reads.globalPrior(area.areaName),
      entities: shown,
      entityCount: distinct.length,
      correlations: this.#correlations(area.areaName, shown),
      relationships: this.#relationships(area.areaName),
      transitions: this.#transitions(area.entryId, area.areaName),
      learnsTransitions: this.#queries.transitions !== null,
    };
  }

  get #queries(): OverviewQueries {
    return this.#schema.overview;
  }

  #correlations(area: string, entities: readonly Entity[]): Correlation[] {
    const { newestCorrelation } = this.#queries;
    if (!newestCorrelation) return [];
    return entities.flatMap(({ entityId: entity }) => {
      const row = this.#reader.get(newestCorrelation, { area, entity });
      return row ? [correlationFromRow(row)] : [];
    });
  }

  #relationships(area: string): AreaRelationship[] {
    const { relationships } = this.#queries;
    if (!relationships) return [];
    return this.#reader.all(relationships, { area }).map((row) => ({
      relatedArea: row.related_area_name,
      type: row.relationship_type,
      influence: row.influence_weight,
      distance: row.distance,
    }));
  }

  #transitions(entry: string, from: string): AreaTransition[] {
    const { transitions } = this.#queries;
    if (!transitions) return [];
    return transitionsFrom(from, this.#reader.all(transitions, { entry, area: from, limit: MOST_TRANSITIONS }));
  }
}

function transitionsFrom(from: string, rows: readonly TransitionRow[]): AreaTransition[] {
  const begun = new Map<string, number>();
  for (const { mid_area: through, count } of rows) begun.set(through, (begun.get(through) ?? 0) + count);
  return rows
    .map(({ mid_area: through, to_area: to, count }) => {
      const all = begun.get(through) ?? 0;
      return { from, through: through === '' ? null : through, to, count, share: all > 0 ? count / all : 0 };
    })
    .toSorted((left, right) => right.count - left.count);
}
