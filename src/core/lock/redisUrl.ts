import { RedisError } from '../errors';

/** Where a Redis server answers, without any secret. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** An ACL user; Redis' default user where there is none. */
  readonly username?: string;
  /** Number of the database inside of Redis. */
  readonly index: number;
}

const DEFAULT_PORT = 6379;
const EXAMPLE = 'Give it as redis://host:6379, or rediss:// for TLS.';

/**
 * Reads `redis[s]://[user@]host[:port][/number]`.
 * @throws RedisError that does not repeat the text, which may hold a password
 */
export function parseRedisUrl(text: string): RedisAddress {
  const url = URL.parse(text.trim());
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === '') {
    throw new RedisError('The setting areaOccupancy.lock.redis.url is no address of a Redis server.', EXAMPLE);
  }
  if (url.password !== '') {
    throw new RedisError(
      'The setting areaOccupancy.lock.redis.url holds a password, where others can read it.',
      'Take it out of the address, and run Set Redis Password, which keeps it in the secret storage.',
    );
  }
  const index = url.pathname.replace(/^\//, '');
  if (!/^\d{0,5}$/.test(index) || url.search !== '' || url.hash !== '') {
    throw new RedisError(
      'The address in areaOccupancy.lock.redis.url ends in something else than the number of a database.',
      EXAMPLE,
    );
  }
  return {
    // An IPv6 address is in brackets only to tell its end from the port.
    host: url.hostname.replaceAll(/^\[|\]$/g, ''),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    tls: url.protocol === 'rediss:',
    index: Number(index),
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
  };
}

/** Host and port, for the user. */
export function redisServer({ host, port }: RedisAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
