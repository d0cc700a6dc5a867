import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextStore } from '../../../src/core/sync/textStore';

describe('the store of texts', () => {
  it('gives back what was put in', () => {
    const long = fc.integer({ min: 20_000, max: 70_000 }).map((length) => '🏠a'.repeat(length));
    const marked = fc.string().map((text) => `\ufeff${text}`);
    const texts = fc.array(
      fc.oneof(
        { weight: 9, arbitrary: fc.string({ unit: 'binary' }) },
        { weight: 1, arbitrary: marked },
        { weight: 1, arbitrary: long },
      ),
    );
    fc.assert(
      fc.property(texts, (list) => {
        const store = new TextStore();
        const references = list.map((text) => store.add(text));
        expect(references.map((reference) => store.get(reference))).toEqual(list);
      }),
    );
  });

  it('keeps a million different texts apart', () => {
    const store = new TextStore();
    const references = new Uint32Array(1_000_000);
    for (const index of references.keys()) references[index] = store.add(String(index));
    const wrong = references.findIndex((reference, index) => index % 97 === 0 && store.get(reference) !== String(index));
    expect(wrong).toBe(-1);
    expect(store.add('on')).toBe(store.add('on'));
  });
});
