import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSyncHome, type SyncHome } from '../support/buildSyncHome.mts';
import { core, Sqlite } from '../support/core.mts';
import { seededRandom } from '../support/random.mts';
import { syncedRows } from '../support/syncedRows.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import type { SyncOrder, SyncOutcome } from './syncing.mts';

const KILLS = 500;
/** Homes that are synced at a time: while one process starts, another is killed. */
const LANES = 2;
const CHUNK_ROWS = 150;
const UNFINISHED = 'area_occupancy_inspector_unfinished_sync';

const folder = temporaryFolder('killed');
let home: SyncHome;
/** Rows before and after a sync that nobody disturbs, and how long that takes, ms. */
let before: number;
let complete: ReturnType<typeof syncedRows>;
let duration: number;

beforeAll(async () => {
  home = buildSyncHome(folder.path, { version: 18, states: 600 });
  before = count(syncedRows(home.database));
  const path = freshCopy('undisturbed');
  const child = start();
  await once(child, 'message');
  const began = performance.now();
  expect(await order(child, path)).toMatchObject({ code: null });
  duration = performance.now() - began;
  complete = syncedRows(path);
  expect(count(complete) - before).toBeGreaterThan(4 * CHUNK_ROWS);
});
afterAll(() => folder.remove());

function count({ intervals, samples }: ReturnType<typeof syncedRows>): number {
  return intervals.length + samples.length;
}

/** Puts the database as it was before any sync at the path of a lane. */
function freshCopy(lane: string): string {
  const path = join(folder.path, `${lane}.db`);
  for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
  copyFileSync(home.database, path);
  return path;
}

function start(): ChildProcess {
  const script = fileURLToPath(new URL('syncing.mts', import.meta.url));
  // Compiling the same code anew would be most of what a process does.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder.path, 'compiled') };
  return fork(script, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env, execArgv: [] });
}

/** What became of it; null when the process was killed before it could tell. */
async function order(child: ChildProcess, database: string): Promise<SyncOutcome | null> {
  const sync: SyncOrder = { database, recorder: home.recorder, now: home.now.getTime(), rows: CHUNK_ROWS, pause: 1 };
  const ended = once(child, 'exit').then(() => null);
  const told = once(child, 'message').then(([outcome]): SyncOutcome => outcome);
  child.send(sync);
  const outcome = await Promise.race([told, ended]);
  await ended;
  return outcome;
}

interface Found {
  kills: number;
  /** Kills that came while the lock was held. */
  holding: number;
  /** Kills that came between the first chunk and the last. */
  halfway: number;
  completed: number;
}

/** Kills the syncs of one database until `found` has enough; each goes on with what the one before left. */
async function killSyncs(lane: string, random: ReturnType<typeof seededRandom>, found: Found): Promise<void> {
  let path = freshCopy(lane);
  let next = start();
  let isComplete = false;
  while (found.kills < KILLS || !isComplete) {
    const child = next;
    await once(child, 'message');
    // The one after it starts meanwhile.
    next = start();
    const mayKill = found.kills < KILLS;
    const moment = mayKill ? delay(random.next() * duration).then(() => child.kill('SIGKILL')) : undefined;
    const outcome = await order(child, path);
    await moment;
    if (outcome) {
      expect(outcome.code).toBeNull();
      isComplete = true;
    } else {
      found.kills += 1;
      if (existsSync(`${path}.lock`)) found.holding += 1;
      isComplete = await inspectRemains(path, found);
    }
    if (isComplete) {
      expect(syncedRows(path)).toEqual(complete);
      expect(note(path)).toBeUndefined();
      found.completed += 1;
      path = freshCopy(lane);
    }
  }
  next.kill('SIGKILL');
}

/** True when every chunk is there: it was killed after its last commit. */
async function inspectRemains(path: string, found: Found): Promise<boolean> {
  const db = new Sqlite(path);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  const rows = db
    .prepare<[], { rows: number }>('SELECT (SELECT count(*) FROM intervals) + (SELECT count(*) FROM numeric_samples) AS rows')
    .get();
  db.close();
  const written = (rows?.rows ?? 0) - before;
  const isWhole = written === count(complete) - before;
  if (!isWhole) expect(written % CHUNK_ROWS).toBe(0);
  const isHalfway = written > 0 && !isWhole;
  expect(note(path)).toBe(isHalfway ? '{"start":"2026-11-20 08:30:00.250000"}' : undefined);
  if (isHalfway) found.halfway += 1;
  // Whatever is left of guard and marker does not keep the next one out; where the marker is still empty, 2 s must show that
  // nobody is about to fill it, and 2 more that nobody did.
  await new core.FileLock(`${path}.lock`, { timeout: 10 }).run(async () => {});
  return isWhole;
}

function note(path: string): string | undefined {
  const db = new Sqlite(path, { readonly: true });
  try {
    return db.prepare<[string], { value: string }>('SELECT value FROM metadata WHERE key = ?').get(UNFINISHED)?.value;
  } finally {
    db.close();
  }
}

describe('a sync that is killed', () => {
  it(`leaves whole chunks and no lock that blocks, and the next one completes it: ${KILLS} times`, async () => {
    const found: Found = { kills: 0, holding: 0, halfway: 0, completed: 0 };
    const lanes = Array.from({ length: LANES }, (_, lane) => killSyncs(`lane-${lane}`, seededRandom(lane), found));
    await Promise.all(lanes);
    console.log(JSON.stringify({ ...found, duration: Math.round(duration) }));
    expect(found.kills).toBeGreaterThanOrEqual(KILLS);
    // The kills were not all too early or too late to mean anything; on a busy machine more of them are early.
    expect(found.holding).toBeGreaterThan(KILLS / 20);
    expect(found.halfway).toBeGreaterThan(KILLS / 20);
    expect(found.completed).toBeGreaterThan(LANES);
  });
});
