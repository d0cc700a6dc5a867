import type { ExportResult } from '../core/export/exportRequest';
import type { Log } from '../core/ports/log';
import { OccupancyDatabase } from '../platform/database/occupancyDatabase';
import type { DatabaseEvent, DatabaseRequests, OpenOptions } from '../protocol/databaseProtocol';
import { seldom } from './seldom';

/** What a request is handled with. */
export interface Around {
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly emit: (event: DatabaseEvent) => void;
}

/**
 * Writes an export: from the snapshot that is browsed, where it is one; else from a connection of its own, which stays open when
 * what is browsed is opened anew. Throws what opening and OccupancyDatabase.exportRows throw.
 */
export async function exportFrom(
  { path, ...options }: OpenOptions,
  snapshot: OccupancyDatabase | undefined,
  { id, ...request }: DatabaseRequests['exportRows']['params'],
  { signal, emit, log }: Around,
): Promise<ExportResult> {
  const database = snapshot ?? (await OccupancyDatabase.open(path, { ...options, log }));
  const tell = seldom((rows: number) => emit({ event: 'exportProgress', id, rows }));
  const onProgress = (rows: number): void => {
    if (!signal.aborted) tell(rows);
  };
  try {
    return await database.exportRows(request, { signal, onProgress });
  } finally {
    if (!snapshot) await database.close();
  }
}
