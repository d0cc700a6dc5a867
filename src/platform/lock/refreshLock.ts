import fs from 'node:fs';
import type { BeatClaim, HeartbeatSlot, LossReason } from './heartbeatSlot';

const { O_RDWR } = fs.constants;
// Windows has neither.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants as { O_NOFOLLOW?: number; O_NONBLOCK?: number };

/**
 * One beat: writes the content again, which renews the file's time by its own file system's clock and heals a peer's truncation.
 *
 * Why it can only ever write into our own lock file: the descriptor is opened here, so none that the owner closed and reused
 * is touched; and the owner keeps its own descriptor open for the whole generation, so while the generation is still the same
 * *after* the open, that inode number can belong to no other file. If the owner lets go later, the descriptor here pins the
 * inode, and at worst an unlinked file is written.
 * @returns why the lock is lost, if it is
 * @throws the fault of the file system
 */
export function refreshLock(
  path: string,
  slot: HeartbeatSlot,
  { generation, device, inode, content }: BeatClaim,
): LossReason | undefined {
  const descriptor = fs.openSync(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK);
  try {
    const { dev, ino } = fs.fstatSync(descriptor, { bigint: true });
    if (slot.generation !== generation) return undefined;
    if (dev !== device || ino !== inode) return 'replaced';
    fs.writeSync(descriptor, content, 0, content.length, 0);
    slot.beat(generation);
    return undefined;
  } finally {
    fs.closeSync(descriptor);
  }
}
