import type { Wake } from './wake';

/** A lease of the Redis lock that was granted to us. */
export interface RedisLease {
  /** The fencing token: greater than that of every lease before. */
  readonly fence: number;
  /** Why it is no longer certain to be ours, or undefined while it is: by the clocks of this machine, without asking Redis. */
  lost(): string | undefined;
}

/** Who has the lease at present. */
export interface RedisHolder {
  /** `pid@host`, as `RedisLeases.who`. */
  readonly who: string;
  readonly fence: number;
  /** ms until it runs out unless it is renewed. */
  readonly remaining: number;
}

/**
 * The leases of the databases on one Redis server. `database` is the id of a database, `token` the random name of one acquisition.
 * Every call rejects with RedisUnreachableError after some seconds without an answer, with RedisAuthError, or with RedisError where
 * the server answers with anything else than it should.
 */
export interface RedisLeases {
  /** Host and port, for the user. */
  readonly server: string;
  /** How we name ourselves to other holders, `pid@host`. */
  readonly who: string;
  /**
   * Tries once. A lease is renewed from then on until `release`. Called again with a token that has the lease already, whose answer
   * was lost on the way, it grants that lease.
   * @returns the lease, or ms for which another is sure to have it
   */
  acquire(database: string, token: string): Promise<RedisLease | number>;
  /** Gives the lease of `token` a fence above `highest`, where the counter was lost; undefined when the lease is not ours any more. */
  raise(database: string, token: string, highest: number): Promise<number | undefined>;
  /** Gives the lease back; false when it was not ours any more. */
  release(database: string, token: string): Promise<boolean>;
  /** Wakes when a lease of the database is given back, where such messages come through; to be disposed as soon as nothing waits. */
  watch(database: string): Wake;
  /** Undefined when nobody has the lease. */
  inspect(database: string): Promise<RedisHolder | undefined>;
}
