import fs from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { UNKNOWN_LIFE } from '../../../src/core/lock/ownerRecord';
import { lifeOfSelf } from '../../../src/platform/lock/systemProcesses';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe.runIf(process.platform === 'linux')('what tells the life of this process from any other of the same id', () => {
  it('is the same for every copy of the library, though the clock is set between their beginnings', () => {
    const life = lifeOfSelf();
    expect(life).toMatch(/^[0-9a-f]{16}$/);
    expect(life).not.toBe(UNKNOWN_LIFE);
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(lifeOfSelf()).toBe(life);
  });

  it('is another one in another container', () => {
    const life = lifeOfSelf();
    vi.spyOn(fs, 'readlinkSync').mockReturnValue('pid:[4026532000]');
    expect(lifeOfSelf()).not.toBe(life);
  });

  it('is unknown where the system does not tell', () => {
    vi.spyOn(fs, 'readlinkSync').mockImplementation(() => {
      throw new Error('EACCES');
    });
    expect(lifeOfSelf()).toBe(UNKNOWN_LIFE);
  });
});
