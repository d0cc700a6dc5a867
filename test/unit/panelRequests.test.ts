import { describe, expect, it } from 'vitest';
import { panelSchemas } from '../../src/protocol/panelRequests';
import { readParams } from '../../src/protocol/viewProtocol';

const PNG = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0]);

describe('What a page sends of a picture', () => {
  it('is a PNG, or what kept it from making one', () => {
    for (const sent of [
      { id: 1, png: PNG },
      { id: 1, fault: 'The plot is too large.' },
    ])
      expect(readParams(panelSchemas.rasterised, sent)).toEqual(sent);
  });

  it.each([
    ['another kind of file', { id: 1, png: new TextEncoder().encode('<svg xmlns="…"/>') }],
    ['the beginning of one', { id: 1, png: PNG.subarray(0, 7) }],
    ['nothing', { id: 1, png: new Uint8Array() }],
    ['a list of numbers', { id: 1, png: [...PNG] }],
    ['neither', { id: 1 }],
    ['both', { id: 1, png: PNG, fault: 'no' }],
    ['for nobody', { png: PNG }],
    ['for half a one', { id: 0.5, png: PNG }],
    ['a fault without end', { id: 1, fault: 'x'.repeat(1001) }],
  ])('is not %s', (_, sent) => {
    expect(() => readParams(panelSchemas.rasterised, sent)).toThrow(/something unknown/);
  });
});
