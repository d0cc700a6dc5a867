import type { RedisTimes } from '../../core/lock/redisTimes';
import type { RedisAddress } from '../../core/lock/redisUrl';

/** What the Redis thread is started with. The password is a secret: it is never logged. */
export interface RedisThreadData {
  readonly address: RedisAddress;
  readonly password?: string;
  readonly times: RedisTimes;
  readonly who: string;
}

/** Owner to thread. */
export type RedisRequest =
  | { readonly call: 'acquire'; readonly database: string; readonly token: string; readonly buffer: SharedArrayBuffer }
  | { readonly call: 'raise'; readonly database: string; readonly token: string; readonly highest: number }
  | { readonly call: 'release'; readonly database: string; readonly token: string }
  | { readonly call: 'inspect'; readonly database: string }
  /** Tell of every release from now on. */
  | { readonly call: 'watch'; readonly database: string }
  /** Ends the connections, after what was asked before. */
  | { readonly call: 'close' };

export type RedisOrder = RedisRequest & { readonly id: number };

/** Why a request failed: no answer, or an answer that is an error of Redis. */
export type RedisFault = { readonly unreachable: string } | { readonly reply: string };

/** Thread to owner. */
export type RedisAnswer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly fault: RedisFault }
  /** A lease of this database was given back. */
  | { readonly released: string };
