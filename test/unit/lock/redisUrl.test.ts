import { describe, expect, it } from 'vitest';
import { redisReplyError } from '../../../src/core/lock/redisReplies';
import { parseRedisUrl, redisServer } from '../../../src/core/lock/redisUrl';

describe('the address of a Redis server', () => {
  it.each([
    ['redis://host', { host: 'host', port: 6379, tls: false, index: 0 }],
    [' rediss://user%40home@host:6380/2 ', { host: 'host', port: 6380, tls: true, index: 2, username: 'user@home' }],
    ['redis://[::1]:7000/', { host: '::1', port: 7000, tls: false, index: 0 }],
  ])('is read: %s', (text, address) => {
    expect(parseRedisUrl(text)).toEqual(address);
  });

  it('is shown with brackets where they are needed', () => {
    expect(redisServer(parseRedisUrl('redis://[::1]:7000'))).toBe('[::1]:7000');
    expect(redisServer(parseRedisUrl('redis://host'))).toBe('host:6379');
  });

  it.each(['', 'host', 'host:6379', 'http://host', 'redis://', 'redis:///0', 'redis://host/zero', 'redis://host?db=1'])(
    'is refused, with an example: %s',
    (text) => {
      expect(() => parseRedisUrl(text)).toThrow(
        expect.objectContaining({ code: 'REDIS', nextStep: 'Give it as redis://host:6379, or rediss:// for TLS.' }),
      );
    },
  );

  it.each(['redis://:geheim@host', 'redis://user:geheim@host:6379/1'])(
    'with a password is refused, without repeating it',
    (text) => {
      let thrown: unknown;
      try {
        parseRedisUrl(text);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toMatchObject({ code: 'REDIS', nextStep: expect.stringContaining('run Set Redis Password') });
      expect(`${String(thrown)} ${JSON.stringify(thrown)}`).not.toContain('geheim');
    },
  );
});

describe('what Redis answers instead of a lock', () => {
  it.each([
    ['NOAUTH Authentication required.', 'REDIS_AUTH', /asks for a password/],
    ['WRONGPASS invalid username-password pair or user is disabled.', 'REDIS_AUTH', /does not accept/],
    ['ERR invalid password', 'REDIS_AUTH', /does not accept/],
    [
      'ERR AUTH <password> called without any password configured for the default user. Are you sure?',
      'REDIS_AUTH',
      /leave it empty/,
    ],
    ["READONLY You can't write against a read only replica.", 'REDIS', /is a replica/],
    ["NOPERM this user has no permissions to run the 'eval' command", 'REDIS', /does not let this user/],
    ['OOM command not allowed when used memory > maxmemory', 'REDIS', /refused the lock: OOM/],
  ])('is explained: %s', (reply, code, message) => {
    const error = redisReplyError('host:6379', reply);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(error.nextStep).toMatch(/^Nothing was written\. \S/);
  });
});
