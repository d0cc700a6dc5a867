import { compareText } from '../compareText';
import { isNumericType } from '../entityTypes';
import type { SyncEntityRow } from '../sql/rows';

/** What a row of a sync is booked on. */
export interface SyncArea {
  readonly areaName: string;
  readonly entryId: string;
}

/** An entity whose history is read. */
export interface SyncEntity {
  readonly entityId: string;
  /** Of its intervals. */
  readonly area: SyncArea;
  /** Of its numeric samples; null where it gives none. */
  readonly sampleArea: SyncArea | null;
}

/**
 * The entities of the areas, ordered by id. `rows` come in the order of the areas' rows: of several areas the last one has the
 * entity's intervals, and the last one in which its type is numeric has its samples.
 */
export function syncEntities(rows: readonly SyncEntityRow[], keepsSamples: boolean): SyncEntity[] {
  const entities = new Map<string, SyncEntity>();
  for (const row of rows) {
    const area = { areaName: row.area_name, entryId: row.entry_id };
    const isNumeric = keepsSamples && isNumericType(row.entity_type);
    const sampleArea = isNumeric ? area : (entities.get(row.entity_id)?.sampleArea ?? null);
    entities.set(row.entity_id, { entityId: row.entity_id, area, sampleArea });
  }
  return [...entities.values()].toSorted((left, right) => compareText(left.entityId, right.entityId));
}
