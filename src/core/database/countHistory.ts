import { SchemaError } from '../errors';
import type { HistoryPart, LearnedHistory } from '../history/learnedHistory';
import type { AreaKey, Entity } from '../model';
import type { SqlReader } from '../ports/sql';
import type { HistoryQueries } from '../sql/historyQueries';
import { OccupancyReads } from './occupancyReads';
import type { OccupancySchema } from './occupancySchema';

/** Counts what an area learned, and what it learned from. Throws SchemaError when there is no such area. */
export function countHistory(reader: SqlReader, schema: OccupancySchema, of: AreaKey): LearnedHistory {
  const { entryId, areaName } = of;
  const reads = new OccupancyReads(reader, schema);
  const isOf = (row: AreaKey): boolean => row.entryId === entryId && row.areaName === areaName;
  const area = reads.areas().find(isOf);
  if (!area) throw new SchemaError(`There is no area “${areaName}” any more.`, 'Refresh: it was renamed or removed.');
  const isLegacy = schema.generation === 'legacy';
  const { own, shared } = isLegacy ? splitShared(reads.entities(), entryId) : { own: [], shared: [] };
  const count = (queries: HistoryQueries, entityId: string | null): HistoryPart[] => {
    const row = reader.get(queries.count, { entry: entryId, area: areaName, entity: entityId });
    if (!row || row.through === null) return [];
    return [{ table: queries.table, entryId, areaName, entityId, rows: row.rows, through: row.through }];
  };
  const parts = schema.history.flatMap((queries) =>
    queries.byEntity ? own.flatMap((entityId) => count(queries, entityId)) : count(queries, null),
  );
  return { entryId, areaName, parts, areaPrior: isLegacy ? area.areaPrior : null, shared };
}

/** Ids of the entities of a config entry: those that no other has, and the rest. */
function splitShared(entities: readonly Entity[], entryId: string): { own: string[]; shared: string[] } {
  const others = new Set(entities.filter((entity) => entity.entryId !== entryId).map((entity) => entity.entityId));
  const ids = entities.filter((entity) => entity.entryId === entryId).map((entity) => entity.entityId);
  return { own: ids.filter((id) => !others.has(id)), shared: ids.filter((id) => others.has(id)) };
}
