import { parentPort, workerData } from 'node:worker_threads';
import { RedisRenewal } from '../../core/lock/redisRenewal';
import { redisCalls, releaseChannel } from '../../core/lock/redisScripts';
import { systemClock } from '../systemClock';
import { RedisConnection, RedisFaultError } from './redisConnection';
import type { RedisAnswer, RedisFault, RedisOrder, RedisRequest, RedisThreadData } from './redisMessages';
import { grantMoment, RedisSlot } from './redisSlot';

/**
 * Entry of the thread that talks to Redis, and renews what is held while the event loop of its owner is blocked. A bundle of its own:
 * the client is loaded only where the Redis lock is set.
 */
const data = workerData as RedisThreadData;
const { times, who } = data;
const commands = new RedisConnection(data);
/** A connection that listens can do nothing else. */
const messages = new RedisConnection(data);
const renewals = new Map<string, RedisRenewal>();
/** By channel; the same one each time, since a connection that has it already subscribes to nothing new. */
const listeners = new Map<string, () => void>();
const running = new Set<Promise<unknown>>();

function send(answer: RedisAnswer): void {
  parentPort?.postMessage(answer);
}

async function acquire(database: string, token: string, buffer: SharedArrayBuffer): Promise<number> {
  const slot = new RedisSlot(buffer);
  const [askedAt, clockAt] = [grantMoment(), systemClock.monotonic()];
  const granted = Number(await commands.run(redisCalls.acquire(database, token, times.ttl, who)));
  if (granted <= 0) return granted;
  slot.grant(askedAt);
  renewals.get(token)?.stop();
  renewals.set(token, renew(database, token, slot, clockAt));
  return granted;
}

function renew(database: string, token: string, slot: RedisSlot, since: number): RedisRenewal {
  const once = async (): Promise<boolean> => {
    const askedAt = grantMoment();
    if ((await commands.run(redisCalls.renew(database, token, times.ttl))) !== 1) return false;
    slot.grant(askedAt);
    return true;
  };
  return new RedisRenewal({ times, clock: systemClock, renew: once, lose: (loss) => slot.lose(loss) }, since);
}

async function release(database: string, token: string): Promise<boolean> {
  renewals.get(token)?.stop();
  renewals.delete(token);
  return (await commands.run(redisCalls.release(database, token))) === 1;
}

async function carryOut(request: RedisRequest): Promise<unknown> {
  switch (request.call) {
    case 'acquire':
      return acquire(request.database, request.token, request.buffer);
    case 'raise':
      return commands.run(redisCalls.raise(request.database, request.token, request.highest));
    case 'release':
      return release(request.database, request.token);
    case 'inspect':
      return commands.run(redisCalls.inspect(request.database));
    case 'watch':
      return watch(request.database);
    case 'close':
      return close();
  }
}

function watch(database: string): Promise<void> {
  const channel = releaseChannel(database);
  const listener = listeners.get(channel) ?? (() => send({ released: database }));
  listeners.set(channel, listener);
  return messages.subscribe(channel, listener);
}

async function close(): Promise<void> {
  for (const renewal of renewals.values()) renewal.stop();
  await Promise.allSettled(running);
  commands.drop();
  messages.drop();
}

function faultOf(error: unknown): RedisFault {
  return error instanceof RedisFaultError ? error.fault : { unreachable: String(error) };
}

parentPort?.on('message', ({ id, ...request }: RedisOrder) => {
  const work = carryOut(request).then(
    (result) => send({ id, result }),
    (error: unknown) => send({ id, fault: faultOf(error) }),
  );
  // Closing waits for all the others.
  if (request.call === 'close') return;
  running.add(work);
  void work.finally(() => running.delete(work));
});
