import type { OccupancySchema } from '../database/occupancySchema';
import { throwIfAborted } from '../errors';
import type { Clock } from '../ports/clock';
import { utcTextOfMicroseconds } from '../time';
import { type ReadDatabase, takeOutExisting } from './existingRows';
import { PlannedRows } from './plannedRows';
import { reportPlan } from './reportPlan';
import type { StateBatch, StateSource } from './stateSource';
import { syncEntities } from './syncEntities';
import type { SyncPlan } from './syncPlan';
import { SyncPlanner } from './syncPlanner';
import type { SyncProgress } from './syncProgress';
import { syncStart } from './syncStart';

export interface PlanOptions {
  /** The end of the history that is read, and of its last states; now. */
  readonly now?: Date;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined;
}

/** What a plan is made with. */
export interface PlanParts {
  readonly schema: OccupancySchema;
  readonly source: StateSource;
  /** Each call is a read transaction of its own. */
  readonly read: ReadDatabase;
  readonly clock: Clock;
  /** Lets the event loop turn once. */
  readonly turn: () => Promise<void>;
}

/** The process answers others meanwhile: it works no longer than this (ms) at a stretch. */
const STRETCH = 10;

/** States that are taken in at a stretch: about a ms, up to some ms where each is a new text. */
const STATES_A_STRETCH = 2000;

const WHAT = 'The sync';

/**
 * What a sync would add to the database: reads the history of every entity that has an area since the newest interval, and
 * leaves out what is there. Throws what the source and the database throw, and CancelledError.
 */
export async function planSync(parts: PlanParts, options: PlanOptions = {}): Promise<SyncPlan> {
  const { schema, source, clock } = parts;
  const { signal, onProgress } = options;
  const { queries } = schema;
  const rest = pauses(parts, signal);
  const read: ReadDatabase = async (query) => {
    await rest();
    return parts.read(query);
  };
  const now = (options.now?.getTime() ?? clock.now()) * 1000;
  const { start, resumes } = await read((reader) => syncStart(reader, queries, now));
  const entities = syncEntities(await read((reader) => reader.all(queries.syncEntities)), queries.samples !== null);
  const planner = new SyncPlanner(entities, now);
  // AOD would write intervals that end before they begin.
  if (start < now && entities.length > 0) {
    const entityIds = entities.map(({ entityId }) => entityId);
    const withUnit = new Set(entities.filter(({ sampleArea }) => sampleArea).map(({ entityId }) => entityId));
    const batches = source.read(
      { entityIds, start, end: now, withUnit },
      {
        signal,
        onProgress: ({ states, fraction }) => onProgress?.({ phase: 'reading', done: states, fraction }),
      },
    );
    for await (const batch of batches) {
      for (const part of parted(batch)) {
        planner.add(part);
        await rest();
      }
    }
    planner.end();
    await takeOutExisting(planner, queries, read);
  }
  const order = {
    intervals: await withPauses(planner.intervals.inOrder(), rest),
    samples: await withPauses(planner.samples.inOrder(), rest),
  };
  const about = { source: source.title, start: utcTextOfMicroseconds(start), end: utcTextOfMicroseconds(now), resumes };
  return new PlannedRows(planner, order, reportPlan(planner, about));
}

/** A day of a busy sensor may come at once. */
function* parted({ entityId, changes }: StateBatch): Generator<StateBatch> {
  for (let from = 0; from < changes.length; from += STATES_A_STRETCH) {
    yield { entityId, changes: changes.slice(from, from + STATES_A_STRETCH) };
  }
}

/** Returns what pauses when it is time to; throws CancelledError when aborted. */
function pauses({ clock, turn }: PlanParts, signal: AbortSignal | undefined): () => Promise<void> {
  let since = clock.monotonic();
  return async () => {
    throwIfAborted(signal, WHAT);
    if (clock.monotonic() - since < STRETCH) return;
    await turn();
    since = clock.monotonic();
  };
}

async function withPauses<T>(work: Generator<void, T>, rest: () => Promise<void>): Promise<T> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    await rest();
  }
}
