import { applyEdit } from '../../core/edit/applyEdit';
import type { EditResult, RowEdit } from '../../core/edit/rowEdit';
import type { OccupancyDatabase } from './occupancyDatabase';

/** Changes a row that still has the values that were shown. Throws what saveAreaData and saveEntityData throw. */
export function editRow(database: OccupancyDatabase, edit: RowEdit): Promise<EditResult> {
  return database.withLockedSession((session) => applyEdit(session, edit), { priority: 'interactive' });
}
