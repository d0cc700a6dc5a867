import type { IntervalQueries, MatchQueries } from './occupancyQueries';
import type { CountRow, IntervalRow, LaneRow, NewestRow, SpanRow, StateRow } from './rows';
import { sqlQuery, type SqlQuery } from './sqlQuery';

/**
 * The three questions asked of the intervals that meet `scope`. One row value bounds a page from above, so that the index
 * on (…, start_time, end_time) is entered at the cursor and walked backwards: page 60,000 costs what page 1 does.
 */
export function intervalQueries(name: string, columns: string, scope: string): IntervalQueries {
  const where = scope === '' ? '' : `${scope} AND `;
  return {
    page: sqlQuery<IntervalRow>(
      `${name}.page`,
      `SELECT ${columns} FROM intervals
       WHERE ${where}start_time >= @from AND (start_time, end_time, id) < (@start, @end, @id)
       ORDER BY start_time DESC, end_time DESC, id DESC LIMIT @limit`,
    ),
    newestBefore: sqlQuery<NewestRow>(
      `${name}.newestBefore`,
      `SELECT max(start_time) AS newest FROM intervals WHERE ${where}start_time < @before`,
    ),
    cappedCount: sqlQuery<CountRow>(
      `${name}.cappedCount`,
      `SELECT count(*) AS count FROM (SELECT 1 FROM intervals WHERE ${where}start_time >= @from AND start_time < @to LIMIT @limit)`,
    ),
  };
}

/**
 * What a filtered read of one entity is made of. What no index answers is asked of counts alone, which never look at more than a
 * day; pages leave it to whoever reads the rows, so that no statement looks at more rows than it returns.
 * @param ofArea condition on `@area`, empty where an interval has no area of its own
 */
export function matchQueries(columns: string, ofArea: string): MatchQueries {
  const { page, newestBefore } = intervalQueries('entityMatches', columns, 'entity_id = @entity');
  const states = '(state IN (SELECT value FROM json_each(@states))) = @wanted';
  return { page, newestBefore, count: matchCount('entityMatches.count', 'entity_id = @entity', `${ofArea} AND ${states}`) };
}

/**
 * The same by the index of states. The + keeps the planner off the index by time, which has the whole order but would look at the
 * rows of every state; only those of one start are sorted instead.
 */
export function stateMatchQueries(columns: string, ofArea: string): MatchQueries {
  const scope = 'entity_id = @entity AND state = @state';
  const { newestBefore } = intervalQueries('entityStateMatches', columns, scope);
  const page = sqlQuery<IntervalRow>(
    'entityStateMatches.page',
    `SELECT ${columns} FROM intervals
     WHERE ${scope} AND start_time >= @from AND (start_time, +end_time, +id) < (@start, @end, @id)
     ORDER BY start_time DESC, +end_time DESC, +id DESC LIMIT @limit`,
  );
  return { page, newestBefore, count: matchCount('entityStateMatches.count', scope, ofArea) };
}

function matchCount(name: string, scope: string, conditions: string): SqlQuery<CountRow> {
  return sqlQuery<CountRow>(
    name,
    `SELECT count(*) AS count FROM (
       SELECT 1 FROM intervals WHERE ${scope} AND start_time >= @from AND start_time < @to ${conditions} LIMIT @limit)`,
  );
}

/** States of the newest intervals of an entity. */
export const recentStates = sqlQuery<StateRow>(
  'recentStates',
  `SELECT state FROM intervals WHERE entity_id = @entity AND start_time < '~' ORDER BY start_time DESC LIMIT @limit`,
);

/** A page of one entity's intervals, oldest first. `raw` narrows it to the raw ones where there are others. */
export function lanePage(raw: string): SqlQuery<LaneRow> {
  return sqlQuery<LaneRow>(
    'lanePage',
    `SELECT id, state, start_time, end_time FROM intervals
     WHERE entity_id = @entity AND (start_time, end_time, id) > (@start, @end, @id) AND start_time < @to AND end_time >= @from ${raw}
     ORDER BY start_time, end_time, id LIMIT @limit`,
  );
}

/** The keys of an entity that a sync's rows are held against: read off the index alone, in its order. */
export const existingIntervals = sqlQuery<SpanRow>(
  'existingIntervals',
  `SELECT start_time, end_time FROM intervals
   WHERE entity_id = @entity AND start_time <= @to AND (start_time, end_time) > (@start, @end)
   ORDER BY start_time, end_time LIMIT @limit`,
);
