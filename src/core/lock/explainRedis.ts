import type { RedisInspection } from './lockInspection';

/** `pid@host` in words. */
export function describeHolder(who: string): string {
  const [pid = '', host = ''] = who.split(/@(.*)/s);
  return host === '' ? `a process that calls itself "${who}"` : `process ${pid} on ${host}`;
}

/** What the Redis lock is like at the moment, as rows of a name and a value. */
export function redisFacts(redis: RedisInspection): readonly { readonly name: string; readonly value: string }[] {
  return [{ name: 'Redis', value: redis.server }, ...stateFacts(redis)];
}

function stateFacts({ state, holder, fault }: RedisInspection): readonly { readonly name: string; readonly value: string }[] {
  switch (state) {
    case 'free':
      return [{ name: 'Redis lock', value: 'free' }];
    case 'held':
      return holder
        ? [
            { name: 'Redis lock', value: `held by ${describeHolder(holder.who)}` },
            { name: 'Fencing token', value: String(holder.fence) },
            { name: 'Runs out', value: `in ${Math.ceil(holder.remaining / 1000)} s unless renewed` },
          ]
        : [];
    case 'unused':
      return [{ name: 'Redis lock', value: 'not used yet: nothing was written since it was set' }];
    case 'failed':
      return [{ name: 'Redis lock', value: fault ?? 'unknown' }];
  }
}
