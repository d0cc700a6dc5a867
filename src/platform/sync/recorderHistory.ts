import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../core/ports/clock';
import { type RecorderQueries, recordedEntity, type StateRow } from '../../core/sql/recorderQueries';
import { pythonMicroseconds } from '../../core/sync/pythonTime';
import { everyRowCounts } from '../../core/sync/significantDomains';
import type { HistoryRequest, StateBatch, StateChange } from '../../core/sync/stateSource';
import { SECOND_US } from '../../core/time';
import type { SqliteReader } from '../database/sqliteConnection';
import { PageSize } from './pageSize';
import { RecorderUnits } from './recorderUnits';

interface HistoryParts {
  readonly reader: SqliteReader;
  readonly queries: RecorderQueries;
  readonly request: HistoryRequest;
  /** Repeats a read that finds the recorder locked. */
  readonly retry: <T>(attempt: () => T) => Promise<T>;
  readonly clock: Clock;
}

export interface HistoryPiece extends StateBatch {
  /** How much of the whole history has been read after it, 0–1. */
  readonly fraction: number;
}

/** What Home Assistant's `get_significant_states` answers, entity by entity and page by page. */
export class RecorderHistory {
  readonly #parts: HistoryParts;
  readonly #units: RecorderUnits;
  readonly #pageSize = new PageSize();

  constructor(parts: HistoryParts) {
    this.#parts = parts;
    this.#units = new RecorderUnits(parts.reader);
  }

  async *pieces(): AsyncGenerator<HistoryPiece> {
    const { reader, request, retry } = this.#parts;
    const { entityIds } = request;
    for (const [index, entityId] of entityIds.entries()) {
      const entity = await retry(() => reader.get(recordedEntity, { entity: entityId }));
      const done = (fraction: number): number => (index + fraction) / entityIds.length;
      if (entity) {
        for await (const { changes, fraction } of this.#entity(entityId, entity.metadata_id)) {
          yield { entityId, changes, fraction: done(fraction) };
        }
      }
      yield { entityId, changes: [], fraction: done(1) };
      await turn();
    }
  }

  async *#entity(entityId: string, metadata: number): AsyncGenerator<{ changes: StateChange[]; fraction: number }> {
    const { reader, queries, request, retry, clock } = this.#parts;
    const withUnit = request.withUnit.has(entityId);
    const { before, page } = withUnit ? queries.historyWithAttributes : queries.history;
    const unit = (row: StateRow): string | null => (withUnit ? this.#units.of(row) : null);
    const [start, end] = [request.start / SECOND_US, request.end / SECOND_US];
    const inForce = await retry(() => {
      const row = reader.get(before, { metadata, start });
      return row ? [{ state: row.state, at: request.start, unit: unit(row) }] : [];
    });
    yield { changes: inForce, fraction: 0 };
    const every = everyRowCounts(entityId);
    // A row exactly at the start is neither before nor after it: Home Assistant passes over it.
    let [after, id] = [start, Number.MAX_SAFE_INTEGER];
    let isLast = false;
    while (!isLast) {
      const limit = this.#pageSize.rows;
      const began = clock.monotonic();
      const { rows, changes } = await retry(() => {
        const found = reader.all(page, { metadata, after, id, end, limit });
        const counting = found.filter(({ changed }) => every || changed === 1);
        return {
          rows: found,
          changes: counting.map((row) => ({ state: row.state, at: pythonMicroseconds(row.last_updated_ts), unit: unit(row) })),
        };
      });
      isLast = rows.length < limit;
      if (!isLast) this.#pageSize.took(clock.monotonic() - began);
      const last = rows.at(-1);
      if (last) [after, id] = [last.last_updated_ts, last.state_id];
      yield { changes, fraction: isLast ? 1 : (after - start) / (end - start) };
      await turn();
    }
  }
}
