import { describe, expect, it } from 'vitest';
import type { OccupancySession } from '../../../src/core/database/occupancySession';
import { CancelledError, DatabaseMissingError, DiskFullError, LockTimeoutError } from '../../../src/core/errors';
import { SyncInterruptedError } from '../../../src/core/interruptedErrors';
import type { Clock } from '../../../src/core/ports/clock';
import { type ApplyOptions, applySync } from '../../../src/core/sync/applySync';
import type { SyncPlan } from '../../../src/core/sync/syncPlan';
import { arrayPlan, plannedIntervals, plannedSamples } from '../../support/arrayPlan.mts';

/** A database that takes every row; a millisecond passes with each. */
class Ledger {
  time = 0;
  readonly committed: string[] = [];
  readonly pauses: number[] = [];
  /** Before the session of this number, from 0. */
  readonly refusals = new Map<number, Error>();
  /** Called when the session of this number has inserted, before its commit. */
  readonly inside = new Map<number, () => void>();
  sessions = 0;
  isInside = false;

  readonly clock: Clock = {
    now: () => this.time,
    monotonic: () => this.time,
    sleep: async (ms, signal) => {
      if (signal?.aborted) throw new CancelledError('Waiting');
      this.pauses.push(ms);
    },
  };

  readonly inSession = async <T>(work: (session: OccupancySession) => T): Promise<T> => {
    const number = this.sessions;
    this.sessions += 1;
    const refusal = this.refusals.get(number);
    if (refusal) throw refusal;
    const rows: string[] = [];
    const count = (kind: string, all: Iterable<unknown>): number => {
      let added = 0;
      for (const _ of all) {
        added += 1;
        this.time += 1;
      }
      rows.push(`${added} ${kind}`);
      return added;
    };
    const session: Partial<OccupancySession> = {
      addIntervals: (all) => count('intervals', all),
      addSamples: (all) => count('samples', all),
      noteUnfinishedSync: (start, isUnfinished) => rows.push(isUnfinished ? `open since ${start}` : 'closed'),
    };
    this.isInside = true;
    const result = work(session as OccupancySession);
    this.isInside = false;
    this.inside.get(number)?.();
    this.committed.push(rows.join(', '));
    return result;
  };

  apply(plan: SyncPlan, options: ApplyOptions = {}) {
    return applySync(plan, { clock: this.clock, inSession: this.inSession }, options);
  }
}

const CHUNK = { rows: 10, time: Number.POSITIVE_INFINITY };
const SINCE = 'open since 2026-11-20 08:30:00.250000';

describe('applying a plan', () => {
  it('writes intervals, then samples, in chunks of whole rows, and notes what is unfinished', async () => {
    const ledger = new Ledger();
    const progress: number[] = [];
    const plan = arrayPlan(plannedIntervals(25), plannedSamples(6));
    const report = await ledger.apply(plan, {
      chunk: CHUNK,
      onProgress: ({ phase, done }) => phase === 'writing' && progress.push(done),
    });
    expect(ledger.committed).toEqual([
      `10 intervals, 0 samples, ${SINCE}`,
      `10 intervals, 0 samples, ${SINCE}`,
      `5 intervals, 5 samples, ${SINCE}`,
      '0 intervals, 1 samples, closed',
    ]);
    expect(report).toEqual({ ...plan.report, written: { intervals: 25, samples: 6 } });
    expect(progress).toEqual([10, 20, 30, 31]);
    expect(ledger.pauses).toHaveLength(3);
  });

  it('ends a chunk after so much time, be it in the middle of the intervals', async () => {
    const ledger = new Ledger();
    await ledger.apply(arrayPlan(plannedIntervals(7), plannedSamples(2)), { chunk: { rows: 100, time: 4 } });
    expect(ledger.committed).toEqual([
      `4 intervals, 0 samples, ${SINCE}`,
      `3 intervals, 1 samples, ${SINCE}`,
      '0 intervals, 1 samples, closed',
    ]);
    expect(ledger.pauses).toEqual([30, 30]);
  });

  it('gets somewhere even where one row takes too long', async () => {
    const ledger = new Ledger();
    await ledger.apply(arrayPlan(plannedIntervals(3)), { chunk: { rows: 100, time: 0.5 } });
    expect(ledger.sessions).toBe(3);
  });

  it('of 10,000 rows that are quick is one transaction, and one row more is two', async () => {
    const ledger = new Ledger();
    ledger.clock.monotonic = () => 0;
    await ledger.apply(arrayPlan(plannedIntervals(10_000)));
    expect(ledger.committed).toEqual(['10000 intervals, 0 samples, closed']);
    await ledger.apply(arrayPlan(plannedIntervals(10_001)));
    expect(ledger.sessions).toBe(3);
  });

  it('without rows takes no lock, unless an interrupted one is thereby finished', async () => {
    const ledger = new Ledger();
    expect((await ledger.apply(arrayPlan([]))).written).toBeNull();
    expect(ledger.sessions).toBe(0);
    expect((await ledger.apply(arrayPlan([], [], { resumes: true }))).written).toBeNull();
    expect(ledger.committed).toEqual(['0 intervals, 0 samples, closed']);
  });

  it('does nothing inside but ask the plan for rows: it awaits nothing there', async () => {
    const ledger = new Ledger();
    const asked: boolean[] = [];
    const plan = arrayPlan(plannedIntervals(12));
    const watched: SyncPlan = {
      ...plan,
      interval: (index) => {
        asked.push(ledger.isInside);
        return plan.interval(index);
      },
    };
    await ledger.apply(watched, { chunk: CHUNK, onProgress: () => expect(ledger.isInside).toBe(false) });
    expect(asked).toEqual(Array.from({ length: 12 }, () => true));
  });
});

describe('applying a plan, when it is stopped', () => {
  const plan = arrayPlan(plannedIntervals(2525));
  const chunk = { ...CHUNK, rows: 1000 };

  it.each([
    new LockTimeoutError('another has it.'),
    new DiskFullError('The disk is full.', 'Free some.'),
    new DatabaseMissingError('Gone.', 'x'),
  ])('by %s before its first chunk says just that', async (error) => {
    const ledger = new Ledger();
    ledger.refusals.set(0, error);
    await expect(ledger.apply(plan, { chunk })).rejects.toBe(error);
  });

  it.each([
    [new LockTimeoutError('another has it.'), 'LOCK_TIMEOUT', 'Database is busy, please try again later: another has it.'],
    [new DiskFullError('The disk is full.', 'Free some.'), 'DISK_FULL', 'The disk is full.'],
    [new TypeError('odd.'), 'UNEXPECTED', 'odd.'],
  ])('by %s later keeps its code, and says how far it came and what to do', async (error, code, message) => {
    const ledger = new Ledger();
    ledger.refusals.set(2, error);
    await expect(ledger.apply(plan, { chunk })).rejects.toMatchObject({
      name: 'SyncInterruptedError',
      code,
      message: `${message} 2,000 rows were written before that, 525 are left.`,
      nextStep: expect.stringContaining('Run Sync again: it adds what is missing.'),
      written: 2000,
    });
    expect(ledger.committed).toHaveLength(2);
  });

  it('by the user before its first chunk changes nothing, and says so', async () => {
    const ledger = new Ledger();
    const applying = ledger.apply(plan, { signal: AbortSignal.abort() });
    await expect(applying).rejects.toMatchObject({
      code: 'CANCELLED',
      message: 'The sync was cancelled.',
      nextStep: 'Nothing was changed.',
    });
    expect(ledger.sessions).toBe(0);
  });

  it('by the user during a chunk finishes that one and begins no other', async () => {
    const ledger = new Ledger();
    const abort = new AbortController();
    ledger.inside.set(1, () => abort.abort());
    await expect(ledger.apply(plan, { chunk, signal: abort.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
      message: 'The sync was cancelled. 2,000 rows were written before that, 525 are left.',
      nextStep: 'Run Sync again: it adds what is missing.',
    });
    expect(ledger.committed).toHaveLength(2);
  });

  it('after a single row says so in the singular', () => {
    const { message } = new SyncInterruptedError(new CancelledError('Sync'), 1, 1);
    expect(message).toMatch(/ 1 row was written before that, 1 is left\.$/);
  });

  it('by the user during the last chunk is complete', async () => {
    const ledger = new Ledger();
    const abort = new AbortController();
    ledger.inside.set(2, () => abort.abort());
    expect((await ledger.apply(plan, { chunk, signal: abort.signal })).written).toEqual({ intervals: 2525, samples: 0 });
  });
});
