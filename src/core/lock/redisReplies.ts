import { RedisAuthError, RedisError } from '../errors';
import type { RedisHolder } from '../ports/redisLeases';

/** What Redis answered instead of a result, as what the user can do about it. @param server host and port */
export function redisReplyError(server: string, reply: string): RedisError | RedisAuthError {
  const [word = ''] = reply.split(' ', 1);
  if (word === 'NOAUTH') return new RedisAuthError(`Redis at ${server} asks for a password.`);
  if (word === 'WRONGPASS' || /invalid password/i.test(reply)) {
    return new RedisAuthError(`Redis at ${server} does not accept the user name and password.`);
  }
  if (/without any password configured/i.test(reply)) {
    return new RedisAuthError(`Redis at ${server} has no password set, but one was sent; leave it empty.`);
  }
  const tried = `Nothing was written. Correct it there, then try again.`;
  // An older server puts the cause behind a prefix of its own.
  if (/\bREADONLY\b/.test(reply)) {
    const primary = 'Nothing was written. Give the address of its primary in areaOccupancy.lock.redis.url.';
    return new RedisError(`Redis at ${server} is a replica, which cannot hold a lock.`, primary);
  }
  if (word === 'NOPERM') {
    return new RedisError(`Redis at ${server} does not let this user run the lock's commands (${reply}).`, tried);
  }
  return new RedisError(`Redis at ${server} refused the lock: ${reply}`, tried);
}

/** Such replies pass by themselves: a server that is just starting, or busy with a script, will answer soon. */
export function isPassing(reply: string): boolean {
  return /^(LOADING|BUSY|TRYAGAIN|MASTERDOWN|CLUSTERDOWN)\b/.test(reply);
}

/** Of the call `inspect`; undefined when nobody has the lease. */
export function readHolder(reply: unknown): RedisHolder | undefined {
  const [who = '', fence = '0', remaining = -1] = Array.isArray(reply) ? (reply as unknown[]) : [];
  if (typeof remaining !== 'number' || remaining < 0) return undefined;
  return { who: String(who), fence: Number(fence), remaining };
}
