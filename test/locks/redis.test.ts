import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { OccupancyDatabase } from '../../src/platform/database/occupancyDatabase.ts';
import type { OpenOptions } from '../../src/platform/database/openOptions.ts';
import type { RedisOptions } from '../../src/platform/lock/redisLock.ts';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core } from '../support/core.mts';
import { KeptLog } from '../support/keptLog.mts';
import { RedisServer } from '../support/redisServer.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import type { RedisWriterOptions, RedisWriterReport } from './redisWriter.mts';

let server: RedisServer;

beforeAll(async () => {
  server = await RedisServer.start();
});

afterAll(() => server.stop());

function newDatabase(): string {
  const folder = temporaryFolder('redis-lock');
  onTestFinished(() => folder.remove());
  const path = join(folder.path, 'area_occupancy.db');
  buildDatabase(path, { version: 3, areas: 1, entities: 1, days: 1 });
  return path;
}

async function open(path: string, redis: Partial<RedisOptions> = {}, options: OpenOptions = {}): Promise<OccupancyDatabase> {
  const database = await core.OccupancyDatabase.open(path, { redis: { url: server.url, ...redis }, ...options });
  onTestFinished(() => database.close());
  return database;
}

const fenceOf = (database: OccupancyDatabase): Promise<number | null> => database.withLockedSession(({ fence }) => fence);

/** A server that only this test has. */
async function ownServer(options: Parameters<typeof RedisServer.start>[0] = {}): Promise<RedisServer> {
  const own = await RedisServer.start(options);
  onTestFinished(() => own.stop());
  return own;
}

/** Another process that writes when it is told to. */
async function otherHost(path: string, redis: RedisOptions): Promise<ChildProcess> {
  const options: RedisWriterOptions = { paths: [path], redis, timeout: 10 };
  const child = fork(fileURLToPath(new URL('redisWriter.mts', import.meta.url)), [JSON.stringify(options)], {
    serialization: 'advanced',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await report(child);
  return child;
}

async function report(child: ChildProcess): Promise<RedisWriterReport> {
  const [message] = (await once(child, 'message')) as [RedisWriterReport];
  return message;
}

describe('a write under the Redis lock', () => {
  it('has a fencing token that rises with each, and that sessions inside of it share', async () => {
    const database = await open(newDatabase());
    const inside = await database.withLockedSession(async ({ fence }) => [fence, await fenceOf(database)]);
    expect(inside).toEqual([1, 1]);
    expect(await fenceOf(database)).toBe(2);
  });

  it('tells whoever looks who holds it', async () => {
    const database = await open(newDatabase());
    expect(await database.inspectRedis()).toMatchObject({ server: `127.0.0.1:${server.port}`, state: 'unused' });
    const seen = await database.withLockedSession(() => database.inspectRedis());
    const who = expect.stringMatching(new RegExp(`^${process.pid}@.`));
    expect(seen).toMatchObject({ state: 'held', holder: { who, fence: 1 } });
    expect(seen?.holder?.remaining).toBeGreaterThan(25_000);
    expect(await database.inspectRedis()).toMatchObject({ state: 'free' });
  });

  it('takes nothing to read', async () => {
    const own = await ownServer();
    const database = await open(newDatabase(), { url: own.url }, { readLocks: 'always' });
    await own.kill();
    expect(await database.loadData()).toHaveLength(1);
    expect(await database.getAreas()).toHaveLength(1);
  });

  it('that waits for Redis keeps neither the lock file nor those who read', async () => {
    const path = newDatabase();
    const database = await open(path, {}, { readLocks: 'always' });
    const child = await otherHost(path, { url: server.url });
    child.send({ write: 500 });
    expect(await report(child)).toEqual({ inside: true });
    const order: string[] = [];
    const writing = fenceOf(database).finally(() => order.push('written'));
    await sleep(100);
    expect(existsSync(`${path}.lock`)).toBe(false);
    await database.loadData().finally(() => order.push('read'));
    expect(await writing).toBe(2);
    expect(order).toEqual(['read', 'written']);
  });

  it('waits for another, and is woken by a message when that is done', async () => {
    const path = newDatabase();
    const database = await open(path);
    const child = await otherHost(path, { url: server.url });
    const waits: number[] = [];
    for (let handOff = 0; handOff < 3; handOff++) {
      child.send({ write: 300 });
      expect(await report(child)).toEqual({ inside: true });
      const entered = database.withLockedSession(() => process.hrtime.bigint());
      const done = await report(child);
      if (!('write' in done && 'committedAt' in done.write)) throw new Error(JSON.stringify(done));
      waits.push(Number((await entered) - done.write.committedAt) / 1e6);
    }
    // Without a message, the next look comes 0.75 s after the first at the earliest, which is 0.45 s after the other was done.
    expect(Math.min(...waits)).toBeLessThan(400);
    expect(await server.command('PUBSUB CHANNELS *')).toBe('*1');
  });

  it('gets the lock of a process that was killed when its time is over', async () => {
    const path = newDatabase();
    const database = await open(path);
    const child = await otherHost(path, { url: server.url, ttl: 0.5 });
    child.send({ write: 10_000 });
    expect(await report(child)).toEqual({ inside: true });
    child.kill('SIGKILL');
    expect(await fenceOf(database)).toBe(2);
  });

  it('outlives a blocked event loop: it is renewed by a thread of its own', async () => {
    const path = newDatabase();
    const [one, other] = [await open(path, { ttl: 0.8 }), await open(path)];
    const work = one.withLockedSession(({ fence }) => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1200);
      return fence;
    });
    expect(await work).toBe(1);
    expect(await fenceOf(other)).toBe(2);
  });

  it('is given back when the database is closed at once', async () => {
    const path = newDatabase();
    const database = await core.OccupancyDatabase.open(path, { redis: { url: server.url } });
    await database.withLockedSession(() => undefined);
    await database.close();
    expect(await (await open(path)).inspectRedis()).toMatchObject({ state: 'free' });
  });
});

describe('what the user sees', () => {
  it('without a Redis server: nothing is written, and what to do', async () => {
    const own = await ownServer();
    const database = await open(newDatabase(), { url: own.url, ttl: 0.5 });
    await own.kill();
    let isWritten = false;
    await expect(database.withLockedSession(() => (isWritten = true))).rejects.toMatchObject({
      code: 'REDIS_UNREACHABLE',
      message: `Redis at 127.0.0.1:${own.port} cannot be reached (ECONNREFUSED).`,
      nextStep: expect.stringMatching(/^Nothing was written, .* Start Redis, .*fallback to "fileLock"\.$/),
    });
    expect(isWritten).toBe(false);
    await own.restart();
    expect(await fenceOf(database)).toBe(1);
  });

  it('without a Redis server, where writes may go on: a line in the log, once', async () => {
    const own = await ownServer();
    const log = new KeptLog();
    const database = await open(newDatabase(), { url: own.url, fallback: 'fileLock', ttl: 0.5 }, { log });
    await own.kill();
    const guarded = await database.withLockedSession(({ fence, guarantee }) => ({ fence, guarantee }));
    expect(guarded).toEqual({ fence: null, guarantee: 'kernel+marker' });
    expect(await fenceOf(database)).toBeNull();
    expect(log.lines.filter((line) => /Redis/.test(line))).toEqual([
      `warn: Redis at 127.0.0.1:${own.port} cannot be reached (ECONNREFUSED). Until it can be, writes go on under the file lock alone, as the settings say.`,
    ]);
  });

  it('with a server that asks for a password: that it does, or that it is the wrong one', async () => {
    const own = await ownServer({ password: 'geheim' });
    const path = newDatabase();
    const auth = { code: 'REDIS_AUTH', nextStep: 'Nothing was written. Run Set Redis Password, then try again.' };
    const asks = `Redis at 127.0.0.1:${own.port} asks for a password.`;
    await expect(fenceOf(await open(path, { url: own.url }))).rejects.toMatchObject({ ...auth, message: asks });
    const wrong = `Redis at 127.0.0.1:${own.port} does not accept the user name and password.`;
    const withWrong = await open(path, { url: own.url, password: 'falsch' });
    await expect(fenceOf(withWrong)).rejects.toMatchObject({ ...auth, message: wrong });
    expect(await fenceOf(await open(path, { url: own.url, password: 'geheim' }))).toBe(1);
  });

  it('with the right password at last: the next write goes through, without opening the file anew', async () => {
    const own = await ownServer({ password: 'geheim' });
    const database = await open(newDatabase(), { url: own.url });
    await expect(fenceOf(database)).rejects.toMatchObject({ code: 'REDIS_AUTH' });
    database.setRedis({ url: own.url, password: 'geheim' });
    const inside = await database.withLockedSession(async ({ fence }) => {
      database.setRedis(undefined);
      await sleep(50);
      return fence;
    });
    // What had begun under the lock ended under it.
    expect([inside, await fenceOf(database)]).toEqual([1, null]);
  });

  it('with a password that the server has no use for: to leave it empty', async () => {
    const database = await open(newDatabase(), { password: 'geheim' });
    await expect(fenceOf(database)).rejects.toMatchObject({
      code: 'REDIS_AUTH',
      message: expect.stringContaining('leave it empty'),
    });
  });

  it('with a replica: to give the address of its primary', async () => {
    const own = await ownServer({ arguments: ['--replicaof', '127.0.0.1', String(server.port)] });
    await expect(fenceOf(await open(newDatabase(), { url: own.url }))).rejects.toMatchObject({
      code: 'REDIS',
      message: `Redis at 127.0.0.1:${own.port} is a replica, which cannot hold a lock.`,
    });
  });

  it('with a password in the address: a refusal to write, though reading works', async () => {
    const database = await open(newDatabase(), { url: 'redis://:geheim@127.0.0.1' });
    expect(await database.getAreas()).toHaveLength(1);
    await expect(fenceOf(database)).rejects.toMatchObject({
      code: 'REDIS',
      nextStep: expect.stringContaining('Set Redis Password'),
    });
    expect((await database.inspectRedis())?.fault?.message).toMatch(/holds a password/);
  });

  it('with a damaged record of fencing tokens: where it is, and what to do', async () => {
    const path = newDatabase();
    writeFileSync(`${path}.lock.fence`, 'no database');
    await expect(fenceOf(await open(path))).rejects.toMatchObject({
      code: 'REDIS',
      message: expect.stringContaining(`${path}.lock.fence, cannot be used`),
      nextStep: expect.stringContaining('delete it'),
    });
  });
});
