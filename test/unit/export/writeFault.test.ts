import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/core/errors';
import { writeFault } from '../../../src/platform/export/writeFault';

describe('a file that cannot be written', () => {
  it.each([
    ['ENOSPC', 'DISK_FULL', /no room/],
    ['EDQUOT', 'DISK_FULL', /no room/],
    ['EFBIG', 'DISK_FULL', /no room/],
    ['EACCES', 'EXPORT', /may not be written/],
    ['EROFS', 'EXPORT', /for reading only/],
    ['EBUSY', 'EXPORT', /another program/],
    ['ENOTDIR', 'EXPORT', /folder is not there/],
    ['EIO', 'UNEXPECTED', /EIO: i\/o/],
  ])('by %s is named, with a next step', (code, ours, message) => {
    const fault = writeFault(Object.assign(new Error(`${code}: i/o`), { code }), '/x/y.csv');
    expect(fault.code).toBe(ours);
    expect(fault.message).toMatch(message);
    expect(fault.message).toContain('/x/y.csv');
    expect(fault.nextStep).toMatch(/\w/);
  });

  it('leaves our own errors as they are', () => {
    const ours = new CancelledError('The export');
    expect(writeFault(ours, '/x')).toBe(ours);
  });
});
