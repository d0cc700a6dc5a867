/** One process of ours, and one copy of this library in it. */
export interface LockWriter {
  readonly pid: number;
  /** 16 hexadecimal digits that all copies in one process share, and no other process that has, or had, this id anywhere; else UNKNOWN_LIFE. */
  readonly life: string;
  /** Random, one per loaded copy of this library. */
  readonly token: string;
}

/** Where the system does not tell one process from the next with the same id. */
export const UNKNOWN_LIFE = '0'.repeat(16);

/** Who of ours last claimed the lock. */
export interface OwnerRecord {
  readonly writer: LockWriter;
  /** What it wrote into the lock file; unique, since it ends in the microsecond of the claim. */
  readonly content: string;
  /** ms since the epoch. */
  readonly claimedAt: number;
  /** True when, at the claim, no naive peer could still have been about to unlink an older file. */
  readonly calm: boolean;
  /** Inode of the guard that it holds: whether another guard is free says nothing of it. */
  readonly guard: bigint;
}

/** Bytes; a record is always written whole and in place. */
export const OWNER_RECORD_BYTES = 128;

/** What a record ends in. Cutting it costs 1 µs less than padding, at every use of the lock. */
const BLANK = `${' '.repeat(OWNER_RECORD_BYTES - 1)}\n`;

const RECORD = /^aoi1 (\d+:\d+\.\d{6}) (\d{1,16}) ([01]) (\d{1,10}) ([0-9a-f]{16}) ([0-9a-f]{16}) (\d{1,20}) *\n$/;

export function encodeOwnerRecord({ content, claimedAt, calm, writer, guard }: OwnerRecord): string {
  const text = `aoi1 ${content} ${Math.round(claimedAt)} ${calm ? 1 : 0} ${writer.pid} ${writer.life} ${writer.token} ${guard}`;
  return text + BLANK.slice(text.length);
}

/** Undefined for a torn, foreign or older record. */
export function decodeOwnerRecord(text: string): OwnerRecord | undefined {
  const match = RECORD.exec(text);
  if (!match || text.length !== OWNER_RECORD_BYTES) return undefined;
  const [, content = '', claimedAt, calm, pid, life = '', token = '', guard = ''] = match;
  const writer = { pid: Number(pid), life, token };
  return { content, claimedAt: Number(claimedAt), calm: calm === '1', writer, guard: BigInt(guard) };
}

/**
 * True when `record` was written by another copy of this library in this very process, or may have been.
 * The kernel's locks do not tell copies in one process apart, so a free guard says nothing of them.
 */
export function isOtherCopyInProcess({ writer }: OwnerRecord, self: LockWriter): boolean {
  const mayBeOne = writer.life === self.life || writer.life === UNKNOWN_LIFE || self.life === UNKNOWN_LIFE;
  return writer.pid === self.pid && writer.token !== self.token && mayBeOne;
}
