import { describe, expect, it } from 'vitest';
import { choiceSetting, numberSetting, textsSetting } from '../../src/core/settings';

describe('A setting', () => {
  it.each([
    [30, 30],
    [0.5, 7],
    [-1, 7],
    [101, 100],
    [Number.POSITIVE_INFINITY, 100],
    [Number.NaN, 7],
    ['30', 7],
    [null, 7],
    [undefined, 7],
    [[30], 7],
  ])('of %j is read as the number %d', (value, number) => {
    expect(numberSetting(value, 7, 1, 100)).toBe(number);
  });

  it('is one of its choices, or what holds without it', () => {
    expect(choiceSetting('never', 'auto', ['auto', 'never'])).toBe('never');
    for (const value of ['Never', 'toString', null, 1, ['never']]) {
      expect(choiceSetting(value, 'auto', ['auto', 'never'])).toBe('auto');
    }
  });

  it.each([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    ['a', ['a']],
    [['a', null, 1, ['b']], ['a']],
    [null, []],
    [undefined, []],
    [{ 0: 'a' }, []],
  ])('of %j is read as the texts %j', (value, texts) => {
    expect(textsSetting(value)).toEqual(texts);
  });
});
