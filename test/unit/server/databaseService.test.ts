import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DatabaseEvent } from '../../../src/protocol/databaseProtocol';
import { DatabaseService } from '../../../src/server/databaseService';
import { FakeDatabase } from './fakeDatabase';

vi.mock('../../../src/platform/database/occupancyDatabase', async () => ({
  OccupancyDatabase: (await import('./fakeDatabase')).FakeDatabase,
}));

const options = { path: '/nowhere/area_occupancy.db', lockTimeout: 30, staleLockTimeout: 300, readLocks: 'never' } as const;

describe('DatabaseService', () => {
  let service: DatabaseService;
  let news: string[];
  const { signal } = new AbortController();

  beforeEach(() => {
    FakeDatabase.all.length = 0;
    FakeDatabase.failing = false;
    news = [];
    service = new DatabaseService(
      ({ event }: DatabaseEvent) => void (event === 'opened' || event === 'failed' ? news.push(event) : 0),
    );
  });
  afterEach(() => service.close());

  it('opens the file once, although it is looked at meanwhile', async () => {
    const opening = service.handle('open', options, signal);
    await service.handle('setWatching', { watching: true }, signal);
    await opening;
    await delay(100);
    expect(news).toEqual(['opened']);
    expect(FakeDatabase.all).toHaveLength(1);
  });

  it('says each second that it is opening a file, and tries one that failed no sooner again than after it has rested', async () => {
    const told: string[] = [];
    const slow = new DatabaseService(({ event }: DatabaseEvent) => void told.push(event));
    FakeDatabase.openings = 0;
    FakeDatabase.slowness = 1200;
    FakeDatabase.failing = true;
    await slow.handle('open', options, signal);
    expect(told).toEqual(['opening', 'failed']);
    await slow.handle('setWatching', { watching: true }, signal);
    await delay(2000);
    expect(FakeDatabase.openings).toBe(1);
    FakeDatabase.slowness = 30;
    await slow.close();
  });

  it('reads the lock of no file that has no path here', async () => {
    await service.handle('open', { ...options, path: 'memfs:/area_occupancy.db' }, signal);
    await expect(service.handle('inspectLock', undefined, signal)).rejects.toMatchObject({
      code: 'LOCK_UNUSABLE',
      nextStep: expect.stringContaining('on the machine that runs Home Assistant'),
    });
  });

  it('leaves no connection behind when a file fails just after it was opened', async () => {
    FakeDatabase.failing = true;
    await service.handle('open', options, signal);
    expect(news).toEqual(['failed']);
    expect(FakeDatabase.all.map(({ isClosed }) => isClosed)).toEqual([true]);
    await expect(service.handle('describe', undefined, signal)).rejects.toMatchObject({ code: 'DATABASE_MISSING' });
    FakeDatabase.failing = false;
    await service.handle('open', options, signal);
    expect(news).toEqual(['failed', 'opened']);
  });
});
