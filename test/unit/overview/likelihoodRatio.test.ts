import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Format } from '../../../src/core/format';
import { likelihoodRatio, ratioCell } from '../../../src/core/overview/likelihoodRatio';

const format = new Format('en-GB', 'UTC');
const probability = fc.double({ min: 0.01, max: 0.99, noNaN: true });

describe('The likelihood ratio', () => {
  it.each([
    [0.95, 0.01, '95 : 1', 0.991],
    [0.2, 0.2, '1 : 1', 0],
    [0.05, 0.2, '1 : 4', -0.3017],
    [0.99, 0.01, '99 : 1', 1],
    [0.01, 0.99, '1 : 99', -1],
    [0.5, 0.4, '1.3 : 1', 0.0486],
  ])('of %d and %d reads %s', (probGivenTrue, probGivenFalse, text, bar) => {
    const cell = ratioCell(likelihoodRatio({ probGivenTrue, probGivenFalse }), format);
    expect(cell.text).toBe(text);
    expect(cell.bar).toBeCloseTo(bar, 3);
  });

  it('says which way it speaks', () => {
    expect(ratioCell(19, format).hint).toBe('Supports occupied: 19 times as often active while the area is occupied.');
    expect(ratioCell(0.25, format).hint).toBe('Speaks against occupied: 4 times as often active while the area is empty.');
    expect(ratioCell(1, format).hint).toBe('Says nothing: it is active as often either way.');
  });

  it('draws two that are the other way round as far from the middle', () => {
    fc.assert(
      fc.property(probability, probability, (one, other) => {
        const there = ratioCell(likelihoodRatio({ probGivenTrue: one, probGivenFalse: other }), format);
        const back = ratioCell(likelihoodRatio({ probGivenTrue: other, probGivenFalse: one }), format);
        expect(there.bar).toBeCloseTo(-(back.bar ?? Number.NaN), 9);
        expect(Math.abs(there.bar ?? 2)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each([
    [0, 0.5, '1 : ∞', -1],
    [0.5, 0, '∞ : 1', 1],
    [0, 0, '?', undefined],
    [Number.NaN, 0.5, '?', undefined],
  ])('of what AOD never writes, %d and %d, reads %s', (probGivenTrue, probGivenFalse, text, bar) => {
    expect(ratioCell(likelihoodRatio({ probGivenTrue, probGivenFalse }), format)).toMatchObject({ text, ...(bar && { bar }) });
  });
});
