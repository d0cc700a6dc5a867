import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, fitTo } from '../../src/core/displayWidth';

describe('The width of a text', () => {
  it.each([
    ['Kitchen', 7],
    ['Büro', 4],
    ['e\u0301', 1],
    ['מטבח', 4],
    ['台所', 4],
    ['부엌', 4],
    ['👩‍👩‍👧', 2],
    ['🛋️', 2],
    ['', 0],
  ])('of “%s” is %d columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('is made exactly what is asked for, on one line, and never cuts a character in two', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'é', 'e\u0301', 'ש', '台', '👩‍👩‍👧', ' ', '\n', '\u202E'), maxLength: 30 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 24 }), (text, columns) => {
        const fitted = fitTo(text, columns);
        expect(displayWidth(fitted)).toBe(columns);
        expect(fitted).not.toMatch(/[\n\u202E]/);
        expect(fitted.isWellFormed()).toBe(true);
      }),
    );
  });
});
