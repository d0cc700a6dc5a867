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
