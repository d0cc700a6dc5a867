import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrap } from '../../src/core/wrap';

describe('wrap', () => {
  it('breaks between words', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('', 7)).toEqual(['']);
  });

  it('loses no word, and makes no line longer than it must be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        (words, columns) => {
          const lines = wrap(words.join(' '), columns);
          expect(lines.join(' ')).toBe(words.join(' '));
          expect(lines.filter((line) => line.length > columns && line.includes(' '))).toEqual([]);
        },
      ),
    );
  });
});
