// One host that writes under the Redis lock alone: its file lock excludes nobody, as on hosts that share no kernel.
// Told over IPC: `{ write: ms }` makes one write to each database, held for so long, and tells when all are inside;
// `{ loop: ms, pause: ms }` writes again and again, held for and with pauses of up to so
// long, until `{ stop: true }`. Argument: RedisWriterOptions as JSON.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lock } from '../../src/core/lock/lock.ts';
import type { OccupancyDatabase } from '../../src/platform/database/occupancyDatabase.ts';
import type { RedisOptions } from '../../src/platform/lock/redisLock.ts';
import { plannedIntervals } from '../support/arrayPlan.mts';
import { core } from '../support/core.mts';

export interface RedisWriterOptions {
  readonly paths: readonly string[];
  readonly redis: RedisOptions;
  /** Seconds for which a write waits for its locks. */
  readonly timeout: number;
}

export type RedisWriterOrder =
  { readonly write: number } | { readonly loop: number; readonly pause: number } | { readonly stop: true };

/** What became of one write. Times in ns of the system's monotonic clock. */
export type RedisWrite =
  | { readonly path: string; readonly fence: number; readonly checkedAt: bigint; readonly committedAt: bigint }
  | { readonly path: string; readonly code: string; readonly message: string; readonly nextStep: string };

export type RedisWriterReport =
  { readonly ready: true } | { readonly inside: true } | { readonly write: RedisWrite } | { readonly stopped: true };

const { paths, redis, timeout } = JSON.parse(process.argv[2] ?? '') as RedisWriterOptions;

function report(message: RedisWriterReport): void {
  process.send?.(message);
}

/** Excludes nobody, and notes when it is asked: just before the fence is, and the commit. */
class NoLock implements Lock {
  readonly isHeld = true;
  readonly guarantee = 'sqlite-only';
  checkedAt = 0n;

  async run<T>(fn: () => Promise<T>): Promise<T> {
    // Here a write would wait for its file lock, with its fencing token not yet shown.
    await sleep(Math.random() * 3);
    return fn();
  }

  assertHeld(): void {
    this.checkedAt = process.hrtime.bigint();
  }

  onCompromised = () => ({ dispose: () => undefined });
}

interface Target {
  readonly path: string;
  readonly lock: NoLock;
  readonly database: OccupancyDatabase;
}

async function open(path: string): Promise<Target> {
  const lock = new NoLock();
  return {
    path,
    lock,
    database: await core.OccupancyDatabase.open(path, { lock, redis, lockTimeout: timeout, readLocks: 'never' }),
  };
}

/** @param hold ms inside */
async function write({ path, lock, database }: Target, hold: number, onInside: () => void = () => undefined): Promise<void> {
  try {
    const fence = await database.withLockedSession(async (session) => {
      onInside();
      await sleep(hold);
      session.addIntervals(plannedIntervals(1, { first: row++ }));
      return session.fence ?? 0;
    });
    report({ write: { path, fence, checkedAt: lock.checkedAt, committedAt: process.hrtime.bigint() } });
  } catch (error) {
    if (!(error instanceof core.OccupancyError)) throw error;
    const { code, message, nextStep } = error;
    report({ write: { path, code, message, nextStep } });
  }
}

/** Of the next row: every attempt adds one of its own. */
let row = 0;
let looping = new AbortController();

async function loop(target: Target, hold: number, pause: number): Promise<void> {
  const { signal } = looping;
  while (!signal.aborted) {
    await write(target, Math.random() * hold);
    await sleep(Math.random() * pause);
  }
}

const targets = await Promise.all(paths.map(open));

async function obey(order: RedisWriterOrder): Promise<void> {
  if ('stop' in order) {
    looping.abort();
  } else if ('loop' in order) {
    looping = new AbortController();
    await Promise.all(targets.map((target) => loop(target, order.loop, order.pause)));
    report({ stopped: true });
  } else {
    let inside = 0;
    const onInside = (): void => void (++inside === targets.length && report({ inside: true }));
    await Promise.all(targets.map((target) => write(target, order.write, onInside)));
  }
}

process.on('message', (order: RedisWriterOrder) => void obey(order));
process.on('disconnect', () => process.exit());
report({ ready: true });
