import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoredTimes } from '../../src/core/storedTimes';
import { utcMicroseconds, utcTextOfMicroseconds } from '../../src/core/time';

describe('Stored times read one after the other', () => {
  it('are what they are by themselves', () => {
    const moments = fc
      .integer({ min: 1_790_000_000, max: 1_790_400_000 })
      .map((seconds) => seconds * 1_000_000 + (seconds % 999_983));
    fc.assert(
      fc.property(fc.array(moments), (list) => {
        const times = new StoredTimes();
        expect(list.map((moment) => times.microseconds(utcTextOfMicroseconds(moment)))).toEqual(list);
      }),
    );
  });

  it('are none where the text is none, nor does that spoil the next', () => {
    const sound = '2026-11-19 23:59:59.999999';
    const odd = fc.tuple(fc.nat(25), fc.constantFrom('x', '9', ' ', '-', ':', '٣')).map(([index, character]) => {
      return sound.slice(0, index) + character + sound.slice(index + 1);
    });
    const whole = fc.constantFrom('', 'now', '2026-11-19 08:00:00', '2026-11-19 24:00:00.000000', '2026-02-30 10:00:00.000000');
    const times = new StoredTimes();
    fc.assert(
      fc.property(fc.oneof(odd, whole), (text) => {
        expect(times.microseconds(text)).toBe(utcMicroseconds(text));
        expect(times.microseconds(sound)).toBe(utcMicroseconds(sound));
      }),
      { numRuns: 500 },
    );
  });
});
