import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markerContent, parseLockContent } from '../../../src/core/lock/lockContent';

describe('the content of a lock file', () => {
  it.each([
    ['4242:1700000000.1234567', { dialect: 'marker', pid: 4242, time: 1700000000.1234567 }],
    ['4242:1700000000.5', { dialect: 'marker', pid: 4242, time: 1700000000.5 }],
    ['7:1700000000', { dialect: 'marker', pid: 7, time: 1700000000 }],
    ['7:1700000000.25\n', { dialect: 'marker', pid: 7, time: 1700000000.25 }],
    ['4242', { dialect: 'pid', pid: 4242 }],
    ['4242\n', { dialect: 'pid', pid: 4242 }],
    ['', { dialect: 'flock' }],
    ['4242\nhomeassistant\n', { dialect: 'soft', pid: 4242, host: 'homeassistant' }],
    ['4242\nhomeassistant\n918273', { dialect: 'soft', pid: 4242, host: 'homeassistant' }],
    ['0:1700000000.5', { dialect: 'unknown' }],
    ['-3:1700000000.5', { dialect: 'unknown' }],
    ['12:nan', { dialect: 'unknown' }],
    ['12:1e9', { dialect: 'unknown' }],
    ['99999999999:1700000000', { dialect: 'unknown' }],
    ['SQLite format 3\0', { dialect: 'unknown' }],
    ['hello', { dialect: 'unknown' }],
  ])('%j', (text, content) => {
    expect(parseLockContent(text)).toEqual(content);
  });

  it('is written byte for byte as the seed does, with microseconds', () => {
    expect(markerContent(4242, 1_700_000_000_123.457)).toBe('4242:1700000000.123457');
    expect(markerContent(1, 1_700_000_000_000)).toBe('1:1700000000.000000');
  });

  it('reads back every marker of ours', () => {
    const moments = fc.double({ min: 0, max: 4e12, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), moments, (pid, moment) => {
        const content = parseLockContent(markerContent(pid, moment));
        expect(content).toMatchObject({ dialect: 'marker', pid });
        expect(content.time).toBeCloseTo(moment / 1000, 5);
      }),
    );
  });

  it('never throws, whatever the bytes are', () => {
    const bytes = fc.string({ unit: 'binary', maxLength: 511 });
    const almost = fc.stringMatching(/^[0-9:.\n\r a-z-]{0,40}$/);
    fc.assert(
      fc.property(fc.oneof(bytes, almost), (text) => {
        const { dialect, pid } = parseLockContent(text);
        expect(['marker', 'pid', 'flock', 'soft', 'unknown']).toContain(dialect);
        if (pid !== undefined) expect(pid).toBeGreaterThan(0);
      }),
      { numRuns: 5000 },
    );
  });
});
