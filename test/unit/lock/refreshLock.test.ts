import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HeartbeatSlot } from '../../../src/platform/lock/heartbeatSlot';
import { refreshLock } from '../../../src/platform/lock/refreshLock';
import { temporaryFolder } from '../../support/temporaryFolder.mts';

const OURS = '77:1795478400.123456';

/** A lock file held open by its owner, and the slot through which the heartbeat's thread knows it. */
function heldFile() {
  const folder = temporaryFolder('heartbeat');
  const path = join(folder.path, 'area_occupancy.db.lock');
  writeFileSync(path, OURS);
  const descriptor = openSync(path, 'r');
  onTestFinished(() => {
    closeSync(descriptor);
    folder.remove();
  });
  const { dev, ino } = fstatSync(descriptor, { bigint: true });
  const slot = new HeartbeatSlot();
  const generation = slot.begin(dev, ino, OURS);
  const claim = slot.claim();
  if (!claim) throw new Error('the slot is held');
  return { path, slot, claim, generation };
}

describe('one beat', () => {
  it('renews the time of the file, and heals a truncation', () => {
    const { path, slot, claim, generation } = heldFile();
    truncateSync(path, 0);
    utimesSync(path, 1000, 1000);
    expect(slot.silence(generation)).toBe(Infinity);
    expect(refreshLock(path, slot, claim)).toBeUndefined();
    expect(readFileSync(path, 'latin1')).toBe(OURS);
    expect(statSync(path).mtimeMs).toBeGreaterThan(1_000_000);
    expect(slot.silence(generation)).toBeLessThan(60_000);
  });

  it('writes nothing once the owner has let go, though the file at the path has the very inode of ours', () => {
    const { path, slot, claim, generation } = heldFile();
    slot.end();
    writeFileSync(path, 'of another');
    expect(refreshLock(path, slot, claim)).toBeUndefined();
    expect(readFileSync(path, 'latin1')).toBe('of another');
    expect([slot.claim(), slot.silence(generation)]).toEqual([undefined, Infinity]);
  });

  it('tells a replaced file, and does not touch it', () => {
    const { path, slot, claim } = heldFile();
    renameSync(path, `${path}.old`);
    writeFileSync(path, 'of another');
    expect(refreshLock(path, slot, claim)).toBe('replaced');
    expect(readFileSync(path, 'latin1')).toBe('of another');
  });

  it('creates no file where ours is gone', () => {
    const { path, slot, claim } = heldFile();
    renameSync(path, `${path}.old`);
    expect(() => refreshLock(path, slot, claim)).toThrow(/ENOENT/);
  });

  it('knows one hold from the next', () => {
    const slot = new HeartbeatSlot();
    const first = slot.begin(1n, 2n, OURS);
    slot.markLost(first, 'gone');
    slot.end();
    const second = slot.begin(1n, 2n, OURS);
    expect([slot.lossOf(first), slot.lossOf(second), slot.claim()?.generation]).toEqual(['gone', undefined, second]);
    expect(slot.claim()?.content.toString('latin1')).toBe(OURS);
  });
});
