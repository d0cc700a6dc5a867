import { describe, expect, it } from 'vitest';
import { isSameFile, isUntouched, observeLock } from '../../../src/core/lock/lockObservation';
import type { FileStatus } from '../../../src/core/ports/lockFiles';
import { FakeClock, FakeDisk, LOCK } from './fakeWorld';

const MARKER = '4242:1795478000.5';

describe('a look at a lock path', () => {
  it.each([
    ['has a second name, and so may be a database', (disk: FakeDisk) => void (disk.put(LOCK, MARKER).links = 2n), LOCK],
    ['is too long', (disk: FakeDisk) => void disk.put(LOCK, 'x'.repeat(512)), LOCK],
    ['is a directory', (disk: FakeDisk) => void disk.put(LOCK, '', 0, 'directory'), LOCK],
    ['is named like a database', (disk: FakeDisk) => void disk.put('/a.db', MARKER), '/a.db'],
  ])('never opens what %s', (_name, put, path) => {
    const disk = new FakeDisk(new FakeClock());
    put(disk);
    expect(observeLock(disk, path)).not.toHaveProperty('content');
    expect(disk.calls).toEqual(['status']);
  });

  it('takes a file that vanishes meanwhile for absent, and closes what it opened', () => {
    const disk = new FakeDisk(new FakeClock());
    disk.put(LOCK, MARKER);
    expect(observeLock(disk, LOCK)).toMatchObject({ content: MARKER });
    expect(disk.openFiles).toBe(0);
    disk.before = (call) => {
      if (call === 'open') disk.entries.delete(LOCK);
    };
    expect(observeLock(disk, LOCK)).toEqual({});
  });
});

describe('two looks', () => {
  const one: FileStatus = {
    kind: 'file',
    device: 1n,
    inode: 2n,
    links: 1n,
    size: 3n,
    modified: 4n,
    changed: 5n,
    isSticky: false,
  };

  it('are at the same file by device and inode', () => {
    expect(isSameFile(one, { ...one, size: 9n, modified: 9n, changed: 9n })).toBe(true);
    expect(isSameFile(one, { ...one, device: 9n })).toBe(false);
    expect(isSameFile(one, { ...one, inode: 9n })).toBe(false);
    expect(isSameFile(one, undefined)).toBe(false);
  });

  it('are at an untouched file only by its times and size too', () => {
    expect(isUntouched(one, { ...one })).toBe(true);
    for (const change of [{ inode: 9n }, { size: 9n }, { modified: 9n }, { changed: 9n }]) {
      expect(isUntouched(one, { ...one, ...change })).toBe(false);
    }
  });
});
