// Any page makes a PNG of an SVG; that of priors stands for them.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { darkColors } from '../../src/core/export/pictureColors';
import { Format } from '../../src/core/format';
import { writePriorsAddress } from '../../src/core/priors/priorsAddress';
import { priorsSvg } from '../../src/core/priors/priorsSvg';
import { priorsView } from '../../src/core/priors/priorsView';
import { WeekWords } from '../../src/core/priors/weekWords';
import type { Rasterised, RasteriseEvent } from '../../src/protocol/panelRequests';
import { RESULTS } from '../setup/paths.mts';
import { fullWeek, priorsOf } from '../unit/priors/priorsOf';
import { closeBrowser, openView, type OpenedView } from './support/openView';

const ADDRESS = writePriorsAddress({ database: '/config/.storage/area_occupancy.db', area: 'Kitchen', other: null });
const KITCHEN = priorsOf(
  'Kitchen',
  fullWeek((_, slot) => slot / 24),
  { overall: 0.3 },
);

const svgOf = (width: number, height: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#f00"/>` +
  `<rect x="${width / 2}" width="${width / 2}" height="${height}" fill="#00f"/></svg>`;

describe('The page of a view', () => {
  let view: OpenedView;
  let answered: (rasterised: Rasterised) => void;
  let lastId = 0;

  beforeAll(async () => {
    const host = {
      start: () => ({ locale: 'en-GB', timeZone: 'UTC' }),
      areas: () => ['Kitchen'],
      priors: () => [KITCHEN],
      rasterised: (rasterised: Rasterised) => answered(rasterised),
      export: () => {},
    };
    view = await openView({ name: 'priors', address: ADDRESS, host });
    await view.page.getByRole('grid').waitFor();
  });
  afterAll(async () => {
    await view?.close();
    await closeBrowser();
  });

  async function rasterise(svg: string): Promise<Rasterised> {
    const answer = new Promise<Rasterised>((resolve) => (answered = resolve));
    const event: RasteriseEvent = { event: 'rasterise', id: (lastId += 1), svg };
    await view.tell(event);
    const rasterised = await answer;
    expect(rasterised.id).toBe(lastId);
    return rasterised;
  }

  async function png(svg: string): Promise<Uint8Array> {
    const rasterised = await rasterise(svg);
    if ('png' in rasterised) return rasterised.png;
    throw new Error(rasterised.fault);
  }

  /** As a browser reads the file: its size, and the colours of some places. */
  const decode = (bytes: Uint8Array, places: readonly (readonly [number, number])[]) =>
    view.page.evaluate(
      async ({ content, at }) => {
        const image = await createImageBitmap(new Blob([new Uint8Array(content)], { type: 'image/png' }));
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
        context.drawImage(image, 0, 0);
        const colors = at.map(([x, y]) => [...context.getImageData(x, y, 1, 1).data]);
        return { width: image.width, height: image.height, colors };
      },
      { content: [...bytes], at: places },
    );

  it('makes a PNG of an SVG, of twice its size', async () => {
    const decoded = await decode(await png(svgOf(30, 20)), [
      [0, 0],
      [29, 39],
      [30, 0],
      [59, 39],
    ]);
    const [red, blue] = [
      [255, 0, 0, 255],
      [0, 0, 255, 255],
    ];
    expect(decoded).toEqual({ width: 60, height: 40, colors: [red, red, blue, blue] });
  });

  it('makes one of a whole plot', async () => {
    const words = { format: new Format('en-GB', 'UTC'), week: new WeekWords('en-GB') };
    const { text: foreground, ...colors } = darkColors;
    const svg = priorsSvg(priorsView([KITCHEN], Date.UTC(2026, 10, 24), 'UTC'), words, { ...colors, foreground });
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    const bytes = await png(svg);
    expect(await decode(bytes, [])).toMatchObject({ width: 2 * Number(width), height: 2 * Number(height) });
    await mkdir(join(RESULTS, 'screenshots'), { recursive: true });
    await writeFile(join(RESULTS, 'screenshots', 'priors-exported.png'), bytes);
  });

  it('says why it makes none', async () => {
    expect(await rasterise(svgOf(100, 20_000))).toMatchObject({ fault: expect.stringMatching(/too large.*200 × 40000 pixels/) });
    expect(await rasterise(svgOf(8000, 8000))).toMatchObject({ fault: expect.stringMatching(/too large/) });
    expect(await rasterise('<svg')).toMatchObject({ fault: 'The plot cannot be drawn as an image.' });
    expect(view.faults).toEqual([]);
  });

  it('asks for an export of what it shows', async () => {
    await view.page.getByRole('button', { name: 'Export…' }).click();
    await expect.poll(() => view.requests.at(-1)).toEqual({ request: 'export', params: ADDRESS });
  });
});
