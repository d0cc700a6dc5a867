import type { LockDialect } from './lockInspection';

/** What the bytes of a lock file say. `time` is seconds since the epoch. */
export interface LockContent {
  readonly dialect: LockDialect;
  readonly pid?: number;
  readonly time?: number;
  readonly host?: string;
}

/** Linux allows process ids up to 2^22, Windows up to 2^32; anything longer is no process id. */
const PID = String.raw`([1-9]\d{0,9})`;
const MARKER = new RegExp(String.raw`^${PID}:(\d{1,12}(?:\.\d{1,9})?)\s*$`);
const BARE_PID = new RegExp(String.raw`^${PID}\s*$`);
const SOFT = new RegExp(String.raw`^${PID}\r?\n([^\s]{1,255})(?:\r?\n|$)`);

/** The content of our own marker, `pid:unixtime` with 6 decimals: the seed's `f"{os.getpid()}:{time.time()}"`, byte for byte. */
export function markerContent(pid: number, nowMilliseconds: number): string {
  return `${pid}:${(nowMilliseconds / 1000).toFixed(6)}`;
}

/**
 * Tells the dialects apart. `flock` is an empty file: PyPI filelock locks the file itself and writes nothing.
 * @param text one character per byte; never throws, whatever it holds
 */
export function parseLockContent(text: string): LockContent {
  if (text === '') return { dialect: 'flock' };
  const marker = MARKER.exec(text);
  if (marker) return { dialect: 'marker', pid: Number(marker[1]), time: Number(marker[2]) };
  const bare = BARE_PID.exec(text);
  if (bare) return { dialect: 'pid', pid: Number(bare[1]) };
  const soft = SOFT.exec(text);
  if (soft?.[2] !== undefined) return { dialect: 'soft', pid: Number(soft[1]), host: soft[2] };
  return { dialect: 'unknown' };
}
