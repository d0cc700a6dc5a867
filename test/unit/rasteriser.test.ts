import { describe, expect, it } from 'vitest';
import type { RasteriseEvent } from '../../src/protocol/panelRequests';
import { Rasteriser } from '../../src/vscode/panels/rasteriser';

const bytes = (first: number): Uint8Array => new Uint8Array([first]);

describe('The rasteriser of a panel', () => {
  it('gives each who asked the picture that is theirs', async () => {
    const asked: RasteriseEvent[] = [];
    const rasteriser = new Rasteriser((event) => asked.push(event));
    const pictures = Promise.all([rasteriser.rasterise('<svg>1</svg>'), rasteriser.rasterise('<svg>2</svg>')]);
    expect(asked.map(({ event, svg }) => [event, svg])).toEqual([
      ['rasterise', '<svg>1</svg>'],
      ['rasterise', '<svg>2</svg>'],
    ]);
    for (const [index, { id }] of [...asked.entries()].toReversed()) rasteriser.answer({ id, png: bytes(index) });
    expect(await pictures).toEqual([bytes(0), bytes(1)]);
  });

  it('says what the page says is wrong, and what to do', async () => {
    const rasteriser = new Rasteriser(({ id }) => queueMicrotask(() => rasteriser.answer({ id, fault: 'It is too large.' })));
    await expect(rasteriser.rasterise('<svg/>')).rejects.toMatchObject({
      code: 'EXPORT',
      message: 'It is too large.',
      nextStep: expect.stringMatching(/SVG/),
    });
  });

  it('waits no longer than it may, nor for a page that is closed', async () => {
    const rasteriser = new Rasteriser(() => {}, 10);
    await expect(rasteriser.rasterise('<svg/>')).rejects.toThrow('no PNG within 0.01 s');
    rasteriser.answer({ id: 1, png: bytes(1) });
    const closed = new Rasteriser(() => {});
    const picture = closed.rasterise('<svg/>');
    closed.dispose();
    await expect(picture).rejects.toThrow('was closed');
  });
});
