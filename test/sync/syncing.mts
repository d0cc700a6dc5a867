// A process that syncs when it is told to, with small chunks. Messages: a SyncOrder comes, 'done' or an error's facts go.
import { setTimeout as delay } from 'node:timers/promises';
import { core } from '../support/core.mts';

export interface SyncOrder {
  readonly database: string;
  readonly recorder: string;
  /** ms since the epoch. */
  readonly now: number;
  readonly rows: number;
  /** ms that a pause between two chunks lasts at most. */
  readonly pause: number;
}

export interface SyncOutcome {
  readonly code: string | null;
  readonly message: string;
  readonly nextStep: string;
  readonly written: number;
}

// A limit on the size of files is told by a signal that ends the process, unless it listens; then the write fails.
process.on('SIGXFSZ', () => {});
process.once('message', (order: SyncOrder) => void sync(order).then((outcome) => process.send?.(outcome, () => process.exit(0))));
process.send?.('ready');

async function sync({ database: path, recorder, now, rows, pause }: SyncOrder): Promise<SyncOutcome> {
  try {
    const clock = {
      now: Date.now,
      monotonic: () => performance.now(),
      sleep: (ms: number, signal?: AbortSignal) => delay(Math.min(ms, pause), undefined, signal ? { signal } : {}),
    };
    const database = await core.OccupancyDatabase.open(path, { clock });
    const chunk = { rows, time: Number.POSITIVE_INFINITY };
    const { written } = await database.syncStates(core.recorderFile(recorder), { now: new Date(now), chunk });
    await database.close();
    return { code: null, message: '', nextStep: '', written: written ? written.intervals + written.samples : 0 };
  } catch (error) {
    if (!core.isOccupancyError(error)) throw error;
    const written = error instanceof core.SyncInterruptedError ? error.written : 0;
    return { code: error.code, message: error.message, nextStep: error.nextStep, written };
  }
}
