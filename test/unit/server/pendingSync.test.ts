import { beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, LockTimeoutError } from '../../../src/core/errors';
import type { SyncPlan } from '../../../src/core/sync/syncPlan';
import type { SyncProgress } from '../../../src/core/sync/syncProgress';
import type { SyncReport } from '../../../src/core/sync/syncReport';
import type { OccupancyDatabase } from '../../../src/platform/database/occupancyDatabase';
import { PendingSync } from '../../../src/server/pendingSync';

interface PlanTold {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SyncProgress) => void;
}

/** Plans and applies as a database does, when it is told to. */
class Planner {
  readonly applied: SyncPlan[] = [];
  answer = (report: SyncReport): Promise<SyncReport> => Promise.resolve(report);
  /** Ends the planning under way. */
  planned = Promise.withResolvers<void>();

  tell: (progress: SyncProgress) => void = () => undefined;

  async planSync(_source: unknown, { signal, onProgress }: PlanTold): Promise<SyncPlan> {
    this.tell = onProgress;
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new CancelledError('Reading history')));
    });
    await Promise.race([this.planned.promise, aborted]);
    return { report: { source: 'a recorder' } as SyncReport } as SyncPlan;
  }

  applySync(plan: SyncPlan): Promise<SyncReport> {
    this.applied.push(plan);
    return this.answer(plan.report);
  }

  get database(): OccupancyDatabase {
    return this as unknown as OccupancyDatabase;
  }
}

describe('PendingSync', () => {
  const { signal } = new AbortController();
  const source = { kind: 'recorder', path: '/config/home-assistant_v2.db' } as const;
  const told: number[] = [];
  let planner: Planner;
  let sync: PendingSync;

  beforeEach(() => {
    planner = new Planner();
    told.length = 0;
    sync = new PendingSync(({ done }) => void told.push(done));
  });

  const plan = (): Promise<SyncReport> => {
    planner.planned.resolve();
    return sync.plan(planner.database, source, signal);
  };

  it('applies what was planned, once', async () => {
    const report = await plan();
    expect(await sync.apply(planner.database, signal)).toBe(report);
    await expect(sync.apply(planner.database, signal)).rejects.toMatchObject({ code: 'PLAN_LOST' });
    expect(planner.applied).toHaveLength(1);
  });

  it('keeps the plan that could not be applied', async () => {
    await plan();
    planner.answer = () => Promise.reject(new LockTimeoutError('it is held'));
    await expect(sync.apply(planner.database, signal)).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
    planner.answer = (report) => Promise.resolve(report);
    await sync.apply(planner.database, signal);
    expect(planner.applied[1]).toBe(planner.applied[0]);
  });

  it('has no plan for another database, nor after it was discarded', async () => {
    await plan();
    await expect(sync.apply(new Planner().database, signal)).rejects.toMatchObject({ code: 'PLAN_LOST' });
    sync.discard();
    await expect(sync.apply(planner.database, signal)).rejects.toMatchObject({ code: 'PLAN_LOST' });
    expect(planner.applied).toEqual([]);
  });

  it('tells the progress of a planning until it is over, so that the next one is not taken for it', async () => {
    const [user, first] = [new AbortController(), planner];
    const cancelled = sync.plan(planner.database, source, user.signal);
    first.tell({ phase: 'reading', done: 1, fraction: 0.1 });
    user.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    planner = new Planner();
    const next = sync.plan(planner.database, source, signal);
    first.tell({ phase: 'reading', done: 2, fraction: 1 });
    planner.tell({ phase: 'reading', done: 3, fraction: 1 });
    planner.planned.resolve();
    await next;
    expect(told).toEqual([1, 3]);
  });

  it('tells a planning that was ended from one that the user cancelled', async () => {
    const user = new AbortController();
    const cancelled = sync.plan(planner.database, source, user.signal);
    user.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    const ended = sync.plan(planner.database, source, signal);
    sync.discard();
    await expect(ended).rejects.toMatchObject({ code: 'PLAN_LOST' });
  });
});
