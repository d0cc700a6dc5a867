import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SyncReport } from '../../src/core/sync/syncReport';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { seededRandom } from '../support/random.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import { buildHostileHome, disturb, type HostileHome } from './hostileHome.mts';

interface Written {
  readonly intervals: number;
  readonly samples: number;
}

/** AOD's sync in Python, one process for all homes. */
class Oracle {
  readonly #child = spawn('python3', [join(import.meta.dirname, 'aodSync.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  readonly #lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();

  async sync(home: HostileHome): Promise<Written> {
    this.#child.stdin.write(`${JSON.stringify(home)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('The Python peer ended; it needs python3: apt-get install python3');
    return JSON.parse(value);
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    await once(this.#child, 'close');
  }
}

/** Every column of every row but id and created_at, in one order. */
function rows(path: string): Record<string, unknown[]> {
  const db = new Sqlite(path, { readonly: true });
  const tables = db
    .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE name IN ('intervals', 'numeric_samples')")
    .all();
  const found = tables.map(({ name }): [string, unknown[]] => {
    const all = db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${name}`).all();
    return [name, all.map((row) => JSON.stringify(row, compared)).toSorted()];
  });
  db.close();
  return Object.fromEntries(found);
}

/** For JSON: leaves out what a run makes anew, and has a text for infinity. */
function compared(name: string, value: unknown): unknown {
  if (name === 'id' || name === 'created_at') return undefined;
  return value === Infinity || value === -Infinity ? String(value) : value;
}

async function syncOurs({ recorder, database, now }: HostileHome): Promise<SyncReport> {
  // Nobody else waits for the database: the pauses between chunks may be short.
  const clock = {
    now: Date.now,
    monotonic: () => performance.now(),
    sleep: (ms: number, signal?: AbortSignal) => delay(ms < 1000 ? 0 : ms, undefined, signal && { signal }),
  };
  const occupancy = await core.OccupancyDatabase.open(database, { lock: new FreeLock(), clock });
  try {
    const chunk = { rows: 100, time: Number.POSITIVE_INFINITY };
    return await occupancy.syncStates(core.recorderFile(recorder), { now: new Date(now), chunk });
  } finally {
    await occupancy.close();
  }
}

const folder = temporaryFolder('oracle');
let oracle: Oracle;
beforeAll(() => {
  oracle = new Oracle();
});
afterAll(async () => {
  await oracle.end();
  folder.remove();
});

describe.each([3, 18] as const)('a sync on schema %i', (version) => {
  it('writes what AOD writes, row for row, and again after the database has moved on', async () => {
    const totals = { intervals: 0, samples: 0, alreadyThere: 0, tooShort: 0, tooLong: 0, unusable: 0, tooOld: 0 };
    for (let seed = 1; seed <= 40; seed += 1) {
      const place = join(folder.path, `${version}-${seed}`);
      mkdirSync(place);
      const random = seededRandom(version * 1000 + seed);
      let ours = buildHostileHome(place, version, random);
      let theirs = { ...ours, database: join(place, 'theirs.db') };
      copyFileSync(ours.database, theirs.database);
      const disturbance = random.whole(1, 1e6);
      for (const later of [0, random.whole(0, 2) * 1_800_000]) {
        [ours, theirs] = [ours, theirs].map((home) => ({ ...home, now: home.now + later })) as [HostileHome, HostileHome];
        const [written, report] = [await oracle.sync(theirs), await syncOurs(ours)];
        expect(rows(ours.database), `seed ${seed}`).toEqual(rows(theirs.database));
        expect({ intervals: report.intervals.added, samples: report.samples.added }).toEqual(written);
        expect(report.written ?? { intervals: 0, samples: 0 }).toEqual(written);
        const { added, ...others } = report.intervals;
        totals.intervals += added;
        totals.samples += report.samples.added;
        for (const [name, count] of Object.entries(others)) totals[name as keyof typeof others] += count;
        for (const { database } of [ours, theirs]) disturb(database, seededRandom(disturbance));
      }
    }
    // The homes had all of it in them.
    const { samples, ...intervals } = totals;
    for (const [name, count] of Object.entries(intervals)) expect(count, name).toBeGreaterThan(50);
    if (version === 18) expect(samples).toBeGreaterThan(500);
    else expect(samples).toBe(0);
  });
});
