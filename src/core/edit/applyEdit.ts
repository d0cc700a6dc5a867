import type { OccupancySession } from '../database/occupancySession';
import type { Area, Entity } from '../model';
import { changedFields, editableValues, withValues, type EditableRow, type EditResult, type RowEdit } from './rowEdit';

/**
 * Writes an edit, where the row still has the values that were shown: else it writes nothing and says what they are now. What
 * Home Assistant keeps up to date besides, such as the evidence of an entity, stays as it is now. Throws what saving throws.
 */
export function applyEdit(session: OccupancySession, { before, after, isUndo }: RowEdit): EditResult {
  const now = findRow(session, before);
  if (!now || changedFields(before, now).length > 0) return { outcome: 'changed', now };
  const isUntouched = timeOf(now) === timeOf(before);
  saveRow(session, withValues(now, editableValues(after)), isUndo && isUntouched ? timeOf(after) : undefined);
  const saved = findRow(session, before);
  return saved ? { outcome: 'written', edit: { before: now, after: saved } } : { outcome: 'changed', now: null };
}

/** The row that has the same key in every schema. */
function findRow(session: OccupancySession, { kind, row }: EditableRow): EditableRow | null {
  const isOfArea = (found: Area | Entity): boolean => found.entryId === row.entryId && found.areaName === row.areaName;
  if (kind === 'area') {
    const area = session.getAreas().find(isOfArea);
    return area ? { kind, row: area } : null;
  }
  const entity = session.getEntities().find((found) => isOfArea(found) && found.entityId === row.entityId);
  return entity ? { kind, row: entity } : null;
}

/** What is left out here keeps what the database has. */
function saveRow(session: OccupancySession, { kind, row }: EditableRow, at: string | undefined): void {
  if (kind === 'area') {
    const { entryId, areaName, areaId, purpose, threshold } = row;
    session.saveArea({ entryId, areaName, areaId, purpose, threshold }, at);
    return;
  }
  const { entryId, areaName, entityId, entityType, weight, probGivenTrue, probGivenFalse } = row;
  session.saveEntity({ entryId, areaName, entityId, entityType, weight, probGivenTrue, probGivenFalse }, at);
}

function timeOf({ kind, row }: EditableRow): string {
  return kind === 'area' ? row.updatedAt : row.lastUpdated;
}
