import type { ErrorCode } from '../errors';
import type { RedisHolder } from '../ports/redisLeases';

/** What a look at a lock path says of it. `leftover`: an empty file that flock-using releases leave behind. `foreign`: something that is not a lock of AOD. */
export type LockState = 'free' | 'held' | 'stale' | 'leftover' | 'foreign';

/**
 * Who writes such a file.
 * `marker`: `pid:unixtime`, the seed's and ours. `pid`: the migration lock of 2025.8. `flock`: PyPI filelock of 2025.10–2025.11.
 * `soft`: filelock's SoftFileLock (`pid`, `host` on lines of their own). `none`: no file. `unknown`: anything else.
 */
export type LockDialect = 'none' | 'marker' | 'pid' | 'flock' | 'soft' | 'unknown';

export interface LockInspection {
  readonly path: string;
  /** When it was looked at, ms since the epoch. */
  readonly at: number;
  readonly state: LockState;
  readonly dialect: LockDialect;
  /** Process id in the file; a hint only, since it may be of another PID namespace. */
  readonly pid?: number;
  /** Seconds since the file was last written; absent when there is no file. */
  readonly age?: number;
  /** True when one of our own processes wrote it (the owner file beside it says the same). */
  readonly ours: boolean;
  /** Names this very file as it was seen (device, inode, times, size, content): equal only while nothing was changed or retaken. */
  readonly identity?: string;
  /** Sentences for the user, in the order that led to the state. */
  readonly evidence: readonly string[];
  /** Only where it was asked for. */
  readonly redis?: RedisInspection;
}

/** The Redis lock beside the lock file, where one is set. */
export interface RedisInspection {
  /** Host and port; absent where the setting names none. */
  readonly server?: string;
  /** What writes do while it cannot be reached. */
  readonly fallback: RedisFallback;
  /** `unused`: nothing was written with it yet. `failed`: it could not be asked. */
  readonly state: 'free' | 'held' | 'unused' | 'failed';
  readonly holder?: RedisHolder;
  /** What kept it from being asked. */
  readonly fault?: { readonly code: ErrorCode; readonly message: string };
}

/** What happens to writes while Redis cannot be reached: they are refused, or go on under the file lock alone. */
export type RedisFallback = 'refuse' | 'fileLock';

export interface ClearResult {
  readonly outcome: 'removed' | 'refused' | 'absent';
  /** One sentence that explains the outcome. */
  readonly reason: string;
  /** What was seen just before acting. */
  readonly inspection: LockInspection;
}
