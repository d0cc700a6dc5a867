import type { ChunkedWrites } from '../database/chunkedWrites';
import type { OccupancySession } from '../database/occupancySession';
import { asOccupancyError, CancelledError, throwIfAborted } from '../errors';
import { SyncInterruptedError } from '../interruptedErrors';
import type { Clock } from '../ports/clock';
import { busyPause } from './busyPause';
import type { PlanOptions } from './planSync';
import type { SyncPlan } from './syncPlan';
import type { SyncProgress } from './syncProgress';
import type { SyncReport } from './syncReport';

/** What a chunk holds at most; at least one row. */
export interface ChunkLimits {
  readonly rows: number;
  /** ms of inserting. */
  readonly time: number;
}

export interface ApplyOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined;
  /** 10,000 rows or 100 ms of inserting: Home Assistant waits no longer for its turn than a person notices. */
  readonly chunk?: ChunkLimits;
}

/** What a whole sync takes. */
export interface SyncOptions extends PlanOptions, ApplyOptions {
  /** Write nothing. */
  readonly dryRun?: boolean;
}

const CHUNK: ChunkLimits = { rows: 10_000, time: 100 };

const WHAT = 'The sync';

/**
 * Writes a plan in chunks, each committed whole or not at all; rows that are there by now are left out. Between two chunks
 * others get in. Throws what a session throws, as SyncInterruptedError where chunks were written before.
 */
export async function applySync(plan: SyncPlan, parts: ChunkedWrites, options: ApplyOptions = {}): Promise<SyncReport> {
  const total = plan.intervalCount + plan.sampleCount;
  const { clock, inSession } = parts;
  const { signal, onProgress } = options;
  const { start, resumes } = plan.report;
  const written = { intervals: 0, samples: 0 };
  const isFinished = (done: number): boolean => done >= total;
  let done = 0;
  // An interrupted sync that lacks no row is finished all the same: else every later one would start where it did.
  let isOpen = total > 0 || resumes;
  try {
    while (isOpen) {
      throwIfAborted(signal, WHAT);
      const chunk = await inSession((session) => {
        const begun = clock.monotonic();
        const added = new Chunk(plan, done, clock, options.chunk ?? CHUNK).addTo(session);
        session.noteUnfinishedSync(start, !isFinished(added.end));
        return { ...added, took: clock.monotonic() - begun };
      });
      written.intervals += chunk.intervals;
      written.samples += chunk.samples;
      done = chunk.end;
      isOpen = !isFinished(done);
      onProgress?.({ phase: 'writing', done, fraction: total === 0 ? 1 : done / total });
      // What the commit itself takes need not be added: its second half, the checkpoint, already lets others in.
      if (isOpen) await clock.sleep(busyPause(chunk.took), signal);
    }
  } catch (error) {
    const fault = asOccupancyError(error);
    const stoppedBy = fault.code === 'CANCELLED' ? new CancelledError(WHAT) : fault;
    throw done === 0 ? stoppedBy : new SyncInterruptedError(stoppedBy, written.intervals + written.samples, total - done);
  }
  return { ...plan.report, written: total === 0 ? null : written };
}

/** The rows of a plan from one on: intervals, then samples, until a limit. */
class Chunk {
  readonly #plan: SyncPlan;
  readonly #clock: Clock;
  /** On the clock's monotonic scale, ms. */
  readonly #until: number;
  #next: number;
  #end: number;

  constructor(plan: SyncPlan, from: number, clock: Clock, { rows, time }: ChunkLimits) {
    this.#plan = plan;
    this.#clock = clock;
    this.#next = from;
    this.#end = Math.min(from + rows, plan.intervalCount + plan.sampleCount);
    this.#until = clock.monotonic() + time;
  }

  addTo(session: OccupancySession): { intervals: number; samples: number; end: number } {
    const { intervalCount, sampleCount } = this.#plan;
    const intervals = session.addIntervals(this.#rows(0, intervalCount, (index) => this.#plan.interval(index)));
    const samples = session.addSamples(this.#rows(intervalCount, sampleCount, (index) => this.#plan.sample(index)));
    return { intervals, samples, end: this.#next };
  }

  /** Of the `count` rows that follow `before` others, those that this chunk has. */
  *#rows<Row>(before: number, count: number, row: (index: number) => Row): Generator<Row> {
    while (this.#next < Math.min(this.#end, before + count)) {
      yield row(this.#next - before);
      this.#next += 1;
      if (this.#clock.monotonic() >= this.#until) this.#end = this.#next;
    }
  }
}
