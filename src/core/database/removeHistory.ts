import { UnexpectedError } from '../errors';
import type { HistoryPart, RemovedRows } from '../history/learnedHistory';
import type { SqlWriter } from '../ports/sql';
import type { HistoryQueries } from '../sql/historyQueries';

/** Deletes up to `limit` rows of a part whose ids are above `after`, in their order. */
export function removeHistory(
  writer: SqlWriter,
  history: readonly HistoryQueries[],
  { table, entryId, areaName, entityId, through }: HistoryPart,
  after: number,
  limit: number,
): RemovedRows {
  const queries = history.find((known) => known.table === table);
  if (!queries) throw new UnexpectedError(`${table} holds no history of this database.`, 'Run the command again.');
  const scope = { entry: entryId, area: areaName, entity: entityId, after };
  const { last } = writer.get(queries.step, { ...scope, through, limit }) ?? { last: null };
  return { last, rows: last === null ? 0 : writer.run(queries.remove, { ...scope, through: last }) };
}
