import { activeStatesOf } from '../activeStates';
import type { IntervalFilter } from '../model';
import type { SqlParameters } from '../ports/sql';
import type { MatchQueries, OccupancyQueries } from '../sql/occupancyQueries';
import type { IntervalRow } from '../sql/rows';
import type { SqlQuery } from '../sql/sqlQuery';

/** Intervals that can be read in the order of their starts by one index. Several are merged to what a query is about. */
export interface IntervalSource {
  readonly page: SqlQuery<IntervalRow>;
  readonly parameters: SqlParameters;
  /** What the index cannot tell. */
  accepts(row: IntervalRow): boolean;
}

/** A source that days are found in. */
export interface MatchSource extends IntervalSource, MatchQueries {}

export interface FilteredEntity {
  readonly entityId: string;
  readonly entityType: string;
}

/**
 * Sources of what a filter lets through. Where there is an index by state, wanted states are a source each: what is rare is found
 * by a seek. Otherwise all intervals of an entity are gone through.
 * @param entities those that are looked at; of them the filter may leave some out
 * @param area null for any: intervals of an entity that is shared may be booked on another area
 */
export function matchSources(
  queries: OccupancyQueries,
  entities: readonly FilteredEntity[],
  filter: IntervalFilter,
  area: string | null,
): MatchSource[] {
  const wanted = filter.entities && new Set(filter.entities);
  const inArea = ({ area_name: name }: IntervalRow): boolean => area === null || name === null || name === area;
  return entities
    .filter(({ entityId }) => !wanted || wanted.has(entityId))
    .flatMap(({ entityId: entity, entityType }): MatchSource[] => {
      const { states, isWanted } = statesOf(filter, entityType);
      if (isWanted && queries.entityStateMatches) {
        const byState = queries.entityStateMatches;
        return states.map((state) => ({ ...byState, parameters: { entity, state, area }, accepts: inArea }));
      }
      if (isWanted && states.length === 0) return [];
      const names = new Set(states);
      const parameters = { entity, area, states: JSON.stringify(states), wanted: Number(isWanted) };
      return [{ ...queries.entityMatches, parameters, accepts: (row) => inArea(row) && names.has(row.state) === isWanted }];
    });
}

/** The states of an entity that a filter lets through: those named, or all but those named. */
function statesOf(
  { states = [], activity }: IntervalFilter,
  entityType: string,
): { readonly states: readonly string[]; readonly isWanted: boolean } {
  const active = activeStatesOf(entityType);
  if (activity === 'inactive') return { states: active.filter((state) => !states.includes(state)), isWanted: false };
  if (activity === 'active') return { states: [...new Set([...active, ...states])], isWanted: true };
  return { states, isWanted: states.length > 0 };
}
