import { describe, expect, it } from 'vitest';
import { describeHolder } from '../../../src/core/lock/explainRedis';
import { explainLock } from '../../../src/core/lock/explainLock';
import type { LockInspection, RedisInspection } from '../../../src/core/lock/lockInspection';

const free: LockInspection = { path: '/lock', at: 0, state: 'free', dialect: 'none', ours: false, evidence: [] };

function rows(redis: RedisInspection): string[] {
  return explainLock({ ...free, redis }).facts.map(({ name, value }) => `${name}: ${value}`);
}

describe('the Redis lock in words', () => {
  const server = 'redis:6379';

  it('is not spoken of where none is set', () => {
    expect(explainLock(free).facts.map(({ name }) => name)).toEqual(['Kind']);
  });

  it('says who holds it, with which token, and for how long', () => {
    const holder = { who: '12@attic', fence: 7, remaining: 28_100 };
    expect(rows({ server, fallback: 'refuse', state: 'held', holder })).toEqual([
      'Kind: none',
      'Redis: redis:6379',
      'Redis lock: held by process 12 on attic',
      'Fencing token: 7',
      'Runs out: in 29 s unless it is renewed',
    ]);
  });

  it('says that it is free, or was not used yet', () => {
    expect(rows({ server, fallback: 'refuse', state: 'free' })).toContain('Redis lock: free');
    expect(rows({ server, fallback: 'refuse', state: 'unused' })).toContain(
      'Redis lock: not used yet, since nothing was written under it',
    );
  });

  it('says what is wrong, and what that means for writes', () => {
    const fault = { code: 'REDIS_UNREACHABLE', message: 'Redis at redis:6379 cannot be reached (ECONNREFUSED).' } as const;
    const refused = 'Writes: are refused until this is put right';
    expect(rows({ server, fallback: 'refuse', state: 'failed', fault }).slice(2)).toEqual([
      `Redis lock: ${fault.message}`,
      refused,
    ]);
    expect(rows({ server, fallback: 'fileLock', state: 'failed', fault })).toContain('Writes: go on under the lock file alone');
    // Only a server that is away is gone without.
    expect(rows({ fallback: 'fileLock', state: 'failed', fault: { code: 'REDIS_AUTH', message: 'It asks.' } })).toEqual([
      'Kind: none',
      'Redis lock: It asks.',
      refused,
    ]);
  });

  it('names a holder, whatever it calls itself', () => {
    expect(describeHolder('12@host@attic')).toBe('process 12 on host@attic');
    expect(describeHolder('me')).toBe('a process that calls itself "me"');
  });
});
