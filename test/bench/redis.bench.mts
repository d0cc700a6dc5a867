// The Redis lock's cost, side by side in one run, as JSON lines. `npm run build` first.
//   cycle: a write of nothing under the Redis lock (fence claimed and checked, lease given back), less the same write without it;
//          against what any Redis lock costs on the same server: SET NX, then a compare-and-delete in Lua, on a bare client
//   process: how soon the database process shows its areas and how much memory it takes, without the setting, with it before the
//          first write, and after one
import { createClient } from '@redis/client';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core } from '../support/core.mts';
import { RedisServer } from '../support/redisServer.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import type { RedisMeasurement } from './redisOnce.mts';

const ROUNDS = 30;
const CYCLES = 20;
const WARM_UP = 300;
const RUNS = 5;
const RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";

function print(bench: string, facts: Record<string, unknown>): void {
  console.log(JSON.stringify({ bench, ...facts }));
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? Number.NaN;
}

function rounded(numbers: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, Math.round(number * 1000) / 1000]));
}

/** ms of each way to do it, in turn, so that a busy moment of the machine meets all. */
async function compare(ways: Readonly<Record<string, () => Promise<unknown>>>): Promise<Record<string, number[]>> {
  const times = Object.fromEntries(Object.keys(ways).map((name) => [name, [] as number[]]));
  for (const way of Object.values(ways)) for (let count = 0; count < WARM_UP; count++) await way();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, way] of Object.entries(ways)) {
      for (let count = 0; count < CYCLES; count++) {
        const began = performance.now();
        await way();
        times[name]?.push(performance.now() - began);
      }
    }
  }
  return times;
}

async function cycle(path: string, server: RedisServer): Promise<void> {
  const client = await createClient({ url: server.url })
    .on('error', () => undefined)
    .connect();
  const key = randomUUID();
  const plain = await core.OccupancyDatabase.open(path);
  const fenced = await core.OccupancyDatabase.open(path, { redis: { url: server.url } });
  const times = await compare({
    bare: async () => {
      const token = randomUUID();
      await client.set(key, token, { condition: 'NX', expiration: { type: 'PX', value: 30_000 } });
      await client.eval(RELEASE, { keys: [key], arguments: [token] });
    },
    plainWrite: () => plain.withLockedSession(() => undefined),
    fencedWrite: () => fenced.withLockedSession(() => undefined),
  });
  await Promise.all([plain.close(), fenced.close()]);
  client.destroy();
  const p50 = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, quantile(values, 0.5)]));
  const p99 = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, quantile(values, 0.99)]));
  const { bare = Number.NaN, plainWrite = Number.NaN, fencedWrite = Number.NaN } = p50;
  const added = fencedWrite - plainWrite;
  print('redis.cycle', { unit: 'ms', p50: rounded(p50), p99: rounded(p99), ...rounded({ added, ratioToBare: added / bare }) });
}

function measure(path: string, url: string, doesWrite: boolean): RedisMeasurement {
  const script = join(import.meta.dirname, 'redisOnce.mts');
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, path, url, doesWrite ? 'write' : 'read'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as RedisMeasurement;
}

function processes(path: string, url: string): void {
  const kinds = {
    notSet: () => measure(path, '', false),
    set: () => measure(path, url, false),
    notSetAfterAWrite: () => measure(path, '', true),
    setAfterAWrite: () => measure(path, url, true),
  };
  const runs = Object.fromEntries(Object.keys(kinds).map((name) => [name, [] as RedisMeasurement[]]));
  for (let run = 0; run < RUNS; run++) for (const [name, once] of Object.entries(kinds)) runs[name]?.push(once());
  for (const [name, measured] of Object.entries(runs)) {
    const median = (of: keyof RedisMeasurement): number =>
      quantile(
        measured.map((one) => one[of]),
        0.5,
      );
    const facts = { firstAreasMs: median('firstAreas'), firstWriteMs: median('firstWrite'), rssMb: median('rss') / 2 ** 20 };
    print('redis.process', { redis: name, ...rounded(facts) });
  }
}

const folder = temporaryFolder('redis-bench');
const server = await RedisServer.start();
try {
  const path = join(folder.path, 'area_occupancy.db');
  buildDatabase(path, { version: 3, areas: 12, entities: 100, days: 3 });
  await cycle(path, server);
  processes(path, server.url);
} finally {
  await server.stop();
  folder.remove();
}
