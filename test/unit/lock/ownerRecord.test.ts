import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markerContent } from '../../../src/core/lock/lockContent';
import type { OwnerRecord } from '../../../src/core/lock/ownerRecord';
import {
  decodeOwnerRecord,
  encodeOwnerRecord,
  isOtherCopyInProcess,
  OWNER_RECORD_BYTES,
  UNKNOWN_LIFE,
} from '../../../src/core/lock/ownerRecord';
import { START } from './fakeWorld';

const anyRecord: fc.Arbitrary<OwnerRecord> = fc
  .record({
    pid: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    claimedAt: fc.integer({ min: 0, max: 4e12 }),
    life: fc.stringMatching(/^[0-9a-f]{16}$/),
    token: fc.stringMatching(/^[0-9a-f]{16}$/),
    calm: fc.boolean(),
    guard: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  })
  .map(({ pid, claimedAt, life, token, calm, guard }) => ({
    content: markerContent(pid, claimedAt),
    claimedAt,
    calm,
    guard,
    writer: { pid, life, token },
  }));

describe('the owner record', () => {
  it('survives being written and read, always in the same number of bytes', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const text = encodeOwnerRecord(record);
        expect(text).toHaveLength(OWNER_RECORD_BYTES);
        expect(decodeOwnerRecord(text)).toEqual(record);
      }),
    );
  });

  it('is no hint when it was cut short, is another thing, or is torn so that it names no marker', () => {
    fc.assert(
      fc.property(anyRecord, fc.integer({ min: 0, max: OWNER_RECORD_BYTES - 1 }), (record, length) => {
        expect(decodeOwnerRecord(encodeOwnerRecord(record).slice(0, length))).toBeUndefined();
      }),
    );
    expect(decodeOwnerRecord('x'.repeat(OWNER_RECORD_BYTES))).toBeUndefined();
    expect(decodeOwnerRecord('')).toBeUndefined();
  });

  it('knows another copy of the library in this process from another process with the same pid', () => {
    const self = { pid: 77, life: '00000000000000a0', token: '00000000000000aa' };
    const record = { content: '77:1.000000', claimedAt: START, calm: true, guard: 7n };
    const by = (changes: Partial<typeof self>) => isOtherCopyInProcess({ ...record, writer: { ...self, ...changes } }, self);
    expect(by({})).toBe(false);
    expect(by({ token: '00000000000000bb' })).toBe(true);
    expect(by({ token: '00000000000000bb', life: '00000000000000b0' })).toBe(false);
    expect(by({ token: '00000000000000bb', life: UNKNOWN_LIFE })).toBe(true);
    expect(by({ token: '00000000000000bb', pid: 78 })).toBe(false);
  });
});
