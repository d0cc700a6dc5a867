import { deleteHistory, type DeleteOptions } from '../../core/history/deleteHistory';
import type { LearnedHistory } from '../../core/history/learnedHistory';
import { inChunks } from './inChunks';
import type { OccupancyDatabase } from './occupancyDatabase';

/**
 * Deletes what `database.getHistory` found of an area, and returns how many rows; what was added since stays. Throws
 * ReadOnlyError, what a session throws, and HistoryInterruptedError when chunks were deleted before that.
 */
export function deleteLearnedHistory(
  database: OccupancyDatabase,
  history: LearnedHistory,
  options: DeleteOptions = {},
): Promise<number> {
  return deleteHistory(history, inChunks(database, options.signal), options);
}
