import { PlanLostError } from '../core/errors';
import type { StateSource } from '../core/sync/stateSource';
import type { SyncPlan } from '../core/sync/syncPlan';
import type { SyncProgress } from '../core/sync/syncProgress';
import type { SyncReport } from '../core/sync/syncReport';
import type { OccupancyDatabase } from '../platform/database/occupancyDatabase';
import { homeAssistant } from '../platform/sync/homeAssistantSource';
import { recorderFile } from '../platform/sync/recorderSource';
import type { SourceChoice } from '../protocol/databaseProtocol';
import { seldom } from './seldom';

/** The one sync of this process: what was planned, between the preview and what the user says to it. */
export class PendingSync {
  readonly #onProgress: (progress: SyncProgress) => void;
  #planned: { readonly database: OccupancyDatabase; readonly plan: SyncPlan } | undefined;
  #planning: AbortController | undefined;

  constructor(onProgress: (progress: SyncProgress) => void) {
    this.#onProgress = onProgress;
  }

  /** Takes the place of what was planned before. Throws PlanLostError when another took its place, or the database was closed. */
  async plan(database: OccupancyDatabase, choice: SourceChoice, signal: AbortSignal): Promise<SyncReport> {
    this.discard();
    const planning = new AbortController();
    this.#planning = planning;
    const over = AbortSignal.any([signal, planning.signal]);
    const plan = await database
      .planSync(sourceOf(choice), { signal: over, onProgress: until(over, this.#onProgress) })
      .catch((error: unknown) => {
        // The user, who cancelled nothing, must hear of it.
        throw planning.signal.aborted && !signal.aborted ? new PlanLostError() : error;
      });
    if (planning.signal.aborted) throw new PlanLostError();
    this.#planned = { database, plan };
    return plan.report;
  }

  /** Throws PlanLostError when there is nothing planned for this very database. What failed may be applied again. */
  async apply(database: OccupancyDatabase, signal: AbortSignal): Promise<SyncReport> {
    const planned = this.#planned;
    if (planned?.database !== database) throw new PlanLostError();
    const report = await database.applySync(planned.plan, { signal, onProgress: until(signal, this.#onProgress) });
    if (this.#planned === planned) this.#planned = undefined;
    return report;
  }

  /** Forgets what is planned, and ends a planning under way. */
  discard(): void {
    this.#planning?.abort();
    this.#planning = undefined;
    this.#planned = undefined;
  }
}

function sourceOf(choice: SourceChoice): StateSource {
  return choice.kind === 'recorder' ? recorderFile(choice.path) : homeAssistant(choice.url, choice.token);
}

/** Tells nothing more once `over` aborts: it would be taken for the progress of the next sync. */
function until(over: AbortSignal, tell: (progress: SyncProgress) => void): (progress: SyncProgress) => void {
  const tellSeldom = seldom(tell, ({ fraction }) => fraction >= 1);
  return (progress) => {
    if (!over.aborted) tellSeldom(progress);
  };
}
