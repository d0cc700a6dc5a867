import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RemoteDatabase } from '../../src/client/remoteDatabase';
import type { OccupancyError } from '../../src/core/errors';
import type { ExportRequest } from '../../src/core/export/exportRequest';
import type { LockInspection } from '../../src/core/lock/lockInspection';
import { silentLog } from '../../src/core/ports/log';
import { buildDatabase } from '../support/buildDatabase.mts';
import { Sqlite } from '../support/core.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import { trueRows } from '../support/trueRows.mts';
import { describeReader, type OpenedForTest } from './occupancyReader.contract';
import { describeOverviews } from './overview.contract';
import { describeTimelines } from './timeline.contract';

const server = join(import.meta.dirname, '../../dist/server.js');

/** What a database told since it was opened. */
class Heard {
  readonly news: string[] = [];
  readonly locks: LockInspection[] = [];

  onOpened = (): void => void this.news.push('opened');
  onFailed = (error: OccupancyError): void => void this.news.push(error.code);
  onChanged = (): void => void this.news.push('changed');
  onLock = (inspection: LockInspection): void => void this.locks.push(inspection);

  /** Waits until the newest news is this; fails after `limit` ms. */
  async until(news: string, limit: number): Promise<void> {
    await expect.poll(() => this.news.at(-1), { timeout: limit, interval: 20 }).toBe(news);
  }
}

function open(path: string): { database: RemoteDatabase; heard: Heard } {
  const heard = new Heard();
  const options = { path, lockTimeout: 30, staleLockTimeout: 300, readLocks: 'auto' as const };
  return { database: new RemoteDatabase(server, options, silentLog, heard), heard };
}

const openReader = async (path: string): Promise<OpenedForTest> => {
  const { database } = open(path);
  return { reader: database, close: async () => database.dispose() };
};

describeReader('RemoteDatabase', openReader);
describeTimelines('RemoteDatabase', openReader);
describeOverviews('RemoteDatabase', openReader);

describe('RemoteDatabase', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  let opened: RemoteDatabase | undefined;

  beforeEach(() => {
    folder = temporaryFolder('remote');
    path = join(folder.path, 'area_occupancy.db');
  });
  afterEach(() => {
    opened?.dispose();
    folder.remove();
  });

  function openBuilt(): Heard {
    buildDatabase(path, { version: 18, areas: 2, entities: 4, days: 1 });
    const { database, heard } = open(path);
    opened = database;
    return heard;
  }

  it('tells of a commit within a second while it is watched, and of none while it is not', async () => {
    const heard = openBuilt();
    await heard.until('opened', 5000);
    const writer = new Sqlite(path);
    writer.exec("INSERT INTO metadata VALUES (hex(randomblob(8)), '')");
    await delay(1200);
    expect(heard.news).toEqual(['opened']);
    opened?.setWatching(true);
    await heard.until('changed', 1000);
    writer.exec("INSERT INTO metadata VALUES (hex(randomblob(8)), '')");
    await expect.poll(() => heard.news.length, { timeout: 1000, interval: 20 }).toBe(3);
    writer.close();
  });

  it('names what is wrong, and opens the file by itself when it comes', async () => {
    const { database, heard } = open(path);
    opened = database;
    database.setWatching(true);
    await heard.until('DATABASE_MISSING', 5000);
    await expect(database.getAreas()).rejects.toMatchObject({ code: 'DATABASE_MISSING', nextStep: expect.stringMatching(/\w/) });
    buildDatabase(path, { version: 18, areas: 2, entities: 4, days: 1 });
    await heard.until('opened', 5000);
    expect(await database.getAreas()).toHaveLength(2);
    // A file that stays away is said once, not at every look.
    expect(heard.news.filter((news) => news === 'DATABASE_MISSING')).toHaveLength(1);
  });

  it('tells the state of the lock, and clears it only as it was seen', async () => {
    const heard = openBuilt();
    await expect.poll(() => heard.locks.at(-1)?.state, { timeout: 5000 }).toBe('free');
    const inspection = await opened!.inspectLock();
    expect(await opened!.clearStaleLock(inspection)).toMatchObject({ outcome: 'absent' });
  });

  describe('exporting', () => {
    const request = (target: string): ExportRequest => ({
      rows: { table: 'intervals' },
      format: 'csv',
      timeZone: 'UTC',
      target: join(folder.path, target),
    });
    const files = (): string[] => readdirSync(folder.path).filter((name) => !name.startsWith('area_occupancy.db'));

    function openLarge(): RemoteDatabase {
      buildDatabase(path, { version: 18, areas: 2, entities: 12, days: 8 });
      opened = open(path).database;
      return opened;
    }

    it('tells how far it came, and goes on when the database is opened anew meanwhile', async () => {
      const told: number[] = [];
      const database = openLarge();
      const exported = await database.exportRows(request('x.csv'), {
        onProgress: (rows) => {
          if (told.length === 0) database.reopen();
          told.push(rows);
        },
      });
      expect(told.length).toBeGreaterThan(0);
      expect(told.at(-1)).toBeLessThanOrEqual(exported.rows);
      expect(exported.rows).toBe(trueRows(path).intervals.length);
      expect(files()).toEqual(['x.csv']);
    });

    it('leaves nothing behind when it is cancelled, and answers all the same', async () => {
      const database = openLarge();
      const abort = new AbortController();
      const exporting = database.exportRows(request('x.csv'), { signal: abort.signal, onProgress: () => abort.abort() });
      await expect(exporting).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(files()).toEqual([]);
      expect(await database.getAreas()).toHaveLength(2);
    });

    it('leaves nothing behind when the editor closes', async () => {
      const database = openLarge();
      const exporting = database.exportRows(request('x.csv'), { onProgress: () => database.dispose() });
      await expect(exporting).rejects.toMatchObject({ code: expect.stringMatching(/PROCESS_ENDED|CANCELLED/) });
      await expect.poll(files, { timeout: 3000 }).toEqual([]);
    });

    it('is refused under the name of the error', async () => {
      const { target, ...rest } = request('x.csv');
      const exporting = openLarge().exportRows({ ...rest, target: join(target, 'y.csv') });
      await expect(exporting).rejects.toMatchObject({ code: 'EXPORT', nextStep: 'Choose another folder.' });
    });
  });

  it('ends its process when the editor is gone, whatever the process waits for', async () => {
    buildDatabase(path, { version: 18, areas: 2, entities: 4, days: 1 });
    writeFileSync(`${path}.lock`, `${process.pid}:${Date.now() / 1000}`);
    const child = fork(server, [], { execArgv: [], serialization: 'advanced' });
    const exited = once(child, 'exit');
    child.send({ id: 1, method: 'open', params: { path, lockTimeout: 30, staleLockTimeout: 300, readLocks: 'always' } });
    child.send({ id: 2, method: 'getAreas' });
    await once(child, 'message');
    await delay(200);
    child.disconnect();
    try {
      expect(await Promise.race([exited, delay(5000, 'still runs')])).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
