import type { RedisInspection } from './lockInspection';

interface Fact {
  readonly name: string;
  readonly value: string;
}

/** `pid@host` in words. */
export function describeHolder(who: string): string {
  const [pid = '', host = ''] = who.split(/@(.*)/s);
  return host === '' ? `a process that calls itself "${who}"` : `process ${pid} on ${host}`;
}

/** What the Redis lock is like at the moment. */
export function redisFacts(redis: RedisInspection): readonly Fact[] {
  const server = redis.server === undefined ? [] : [{ name: 'Redis', value: redis.server }];
  return [...server, ...stateFacts(redis)];
}

function stateFacts({ state, holder, fault, fallback }: RedisInspection): readonly Fact[] {
  switch (state) {
    case 'free':
      return [{ name: 'Redis lock', value: 'free' }];
    case 'held':
      return holder
        ? [
            { name: 'Redis lock', value: `held by ${describeHolder(holder.who)}` },
            { name: 'Fencing token', value: String(holder.fence) },
            { name: 'Runs out', value: `in ${Math.ceil(holder.remaining / 1000)} s unless it is renewed` },
          ]
        : [];
    case 'unused':
      return [{ name: 'Redis lock', value: 'not used yet, since nothing was written under it' }];
    case 'failed': {
      const goesOn = fault?.code === 'REDIS_UNREACHABLE' && fallback === 'fileLock';
      return [
        { name: 'Redis lock', value: fault?.message ?? 'unknown' },
        { name: 'Writes', value: goesOn ? 'go on under the lock file alone' : 'are refused until this is put right' },
      ];
    }
  }
}
