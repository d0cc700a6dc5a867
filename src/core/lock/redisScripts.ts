/** What one script needs besides its text. */
export interface RedisCall {
  readonly script: string;
  readonly keys: readonly string[];
  readonly arguments: readonly string[];
}

/**
 * Keys of one database. The braces put all of them into one slot of a cluster. The counter has no time to live: it must never count
 * the same number twice.
 */
const lockKey = (database: string): string => `{${database}}:lock`;
const fenceKey = (database: string): string => `{${database}}:fence`;

/** Where a release is told, as a message without content. */
export const releaseChannel = (database: string): string => `{${database}}:rel`;

const ACQUIRE = `
local owner = redis.call('hget', KEYS[1], 't')
if owner and owner ~= ARGV[1] then
  local left = redis.call('pttl', KEYS[1])
  if left < 0 then redis.call('pexpire', KEYS[1], ARGV[2]) end
  return -1 - math.max(left, 0)
end
if not owner then
  redis.call('hset', KEYS[1], 't', ARGV[1], 'f', redis.call('incr', KEYS[2]), 'who', ARGV[3])
end
redis.call('pexpire', KEYS[1], ARGV[2])
return tonumber(redis.call('hget', KEYS[1], 'f'))`;

const RENEW = `
if redis.call('hget', KEYS[1], 't') ~= ARGV[1] then return 0 end
return redis.call('pexpire', KEYS[1], ARGV[2])`;

const RELEASE = `
if redis.call('hget', KEYS[1], 't') ~= ARGV[1] then return 0 end
redis.call('del', KEYS[1])
redis.call('publish', KEYS[2], '')
return 1`;

const RAISE = `
if redis.call('hget', KEYS[1], 't') ~= ARGV[1] then return 0 end
local counted = tonumber(redis.call('get', KEYS[2]) or '0')
if counted < tonumber(ARGV[2]) then redis.call('set', KEYS[2], ARGV[2]) end
local fence = redis.call('incr', KEYS[2])
redis.call('hset', KEYS[1], 'f', fence)
return fence`;

const INSPECT = `
local held = redis.call('hmget', KEYS[1], 'who', 'f')
return {held[1] or '', held[2] or '0', redis.call('pttl', KEYS[1])}`;

/**
 * The calls, each one step for the server. Lua, since it works from Redis 2.6 on and on everything that speaks its protocol.
 * `ttl` in ms.
 */
export const redisCalls = {
  /** Answers the fence, or -1 less the ms that another has left. */
  acquire: (database: string, token: string, ttl: number, who: string): RedisCall => ({
    script: ACQUIRE,
    keys: [lockKey(database), fenceKey(database)],
    arguments: [token, String(ttl), who],
  }),
  /** Answers 1, or 0 when the lease is not ours any more. */
  renew: (database: string, token: string, ttl: number): RedisCall => ({
    script: RENEW,
    keys: [lockKey(database)],
    arguments: [token, String(ttl)],
  }),
  /** Answers 1, or 0 when the lease was not ours any more. */
  release: (database: string, token: string): RedisCall => ({
    script: RELEASE,
    keys: [lockKey(database), releaseChannel(database)],
    arguments: [token],
  }),
  /** Answers the new fence, or 0 when the lease is not ours any more. */
  raise: (database: string, token: string, highest: number): RedisCall => ({
    script: RAISE,
    keys: [lockKey(database), fenceKey(database)],
    arguments: [token, String(highest)],
  }),
  /** Answers [who, fence, ms left], with a negative number of ms when nobody has the lease. */
  inspect: (database: string): RedisCall => ({ script: INSPECT, keys: [lockKey(database)], arguments: [] }),
} as const;
