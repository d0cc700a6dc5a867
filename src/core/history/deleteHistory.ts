import type { ChunkedWrites } from '../database/chunkedWrites';
import type { OccupancySession } from '../database/occupancySession';
import { asOccupancyError, CancelledError, SchemaError, throwIfAborted } from '../errors';
import { HistoryInterruptedError } from '../interruptedErrors';
import type { Clock } from '../ports/clock';
import { busyPause } from '../sync/busyPause';
import { NEW_AREA_PRIOR, rowsOf, type LearnedHistory } from './learnedHistory';

export interface DeleteOptions {
  readonly signal?: AbortSignal | undefined;
  /** @param rows deleted so far */
  readonly onProgress?: ((rows: number) => void) | undefined;
  /** What a chunk holds at most: rows, and ms of deleting; 10,000 and 100. */
  readonly chunk?: { readonly rows: number; readonly time: number };
}

const CHUNK = { rows: 10_000, time: 100 };

/** Rows between two looks at the clock: each may touch a page of every index. */
const STEP = 250;

const WHAT = 'Deleting learned history';

/**
 * Deletes what countHistory counted, and nothing that was added since, in chunks that are each committed whole or not at all;
 * between two of them others get in. @returns rows deleted. Throws what a session throws, as HistoryInterruptedError where chunks
 * were deleted before, and SchemaError when the area is gone.
 */
export async function deleteHistory(
  history: LearnedHistory,
  { clock, inSession }: ChunkedWrites,
  { signal, onProgress, chunk = CHUNK }: DeleteOptions = {},
): Promise<number> {
  const removal = new Removal(history, clock);
  let deleted = 0;
  try {
    for (let isOver = false; !isOver;) {
      throwIfAborted(signal, WHAT);
      const { rows, took, next } = await inSession((session) => removal.chunk(session, chunk));
      // Only what is committed counts: a chunk that was rolled back is deleted anew.
      removal.goOn(next);
      deleted += rows;
      onProgress?.(deleted);
      isOver = removal.isOver;
      if (!isOver) await clock.sleep(busyPause(took), signal);
    }
  } catch (error) {
    const fault = asOccupancyError(error);
    const stoppedBy = fault.code === 'CANCELLED' ? new CancelledError(WHAT) : fault;
    throw deleted === 0 ? stoppedBy : new HistoryInterruptedError(stoppedBy, deleted, rowsOf(history) - deleted);
  }
  return deleted;
}

/** How far it has come: which part, and which row id in it. */
interface Place {
  readonly part: number;
  readonly after: number;
}

class Removal {
  readonly #history: LearnedHistory;
  readonly #clock: Clock;
  #place: Place | null = { part: 0, after: Number.MIN_SAFE_INTEGER };

  constructor(history: LearnedHistory, clock: Clock) {
    this.#history = history;
    this.#clock = clock;
  }

  get isOver(): boolean {
    return this.#place === null;
  }

  goOn(next: Place | null): void {
    this.#place = next;
  }

  /** `next` is null after the last chunk. */
  chunk(session: OccupancySession, limits: { rows: number; time: number }): { rows: number; took: number; next: Place | null } {
    this.#assertThere(session);
    const begun = this.#clock.monotonic();
    let place = this.#place;
    let rows = 0;
    while (place && rows < limits.rows && this.#clock.monotonic() < begun + limits.time) {
      const step = this.#step(session, place, Math.min(STEP, limits.rows - rows));
      rows += step.rows;
      place = step.next;
    }
    return { rows, took: this.#clock.monotonic() - begun, next: place };
  }

  #step(session: OccupancySession, { part, after }: Place, limit: number): { rows: number; next: Place | null } {
    const of = this.#history.parts[part];
    if (!of) {
      this.#resetPrior(session);
      return { rows: 0, next: null };
    }
    const { rows, last } = session.removeHistory(of, after, limit);
    const isDone = last === null || last >= of.through;
    return { rows, next: isDone ? { part: part + 1, after: Number.MIN_SAFE_INTEGER } : { part, after: last } };
  }

  #assertThere(session: OccupancySession): void {
    if (this.#area(session)) return;
    throw new SchemaError(`There is no area “${this.#history.areaName}” any more.`, 'Refresh: it was renamed or removed.');
  }

  #resetPrior(session: OccupancySession): void {
    const area = this.#area(session);
    if (!area || this.#history.areaPrior === null) return;
    const { entryId, areaName, areaId, purpose, threshold } = area;
    session.saveArea({ entryId, areaName, areaId, purpose, threshold, areaPrior: NEW_AREA_PRIOR });
  }

  #area(session: OccupancySession): ReturnType<OccupancySession['getAreas']>[number] | undefined {
    const { entryId, areaName } = this.#history;
    return session.getAreas().find((area) => area.entryId === entryId && area.areaName === areaName);
  }
}
