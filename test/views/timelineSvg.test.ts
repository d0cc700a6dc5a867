// An exported plot as Chromium reads and draws it: its own XML parser, its own fonts.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { darkColors, lightColors, type PictureColors } from '../../src/core/export/pictureColors.ts';
import { timelineSvg } from '../../src/core/export/timelineSvg.ts';
import { Format } from '../../src/core/format.ts';
import type { Timeline } from '../../src/core/timeline/timeline.ts';
import type { RangeLength } from '../../src/core/timeline/timelineRange.ts';
import { launchBrowser } from '../setup/browser.mts';
import { RESULTS } from '../setup/paths.mts';
import { timelineOf, type LaneOf, type Row } from '../unit/timeline/timelineOf.ts';

const NAMES = new Map([
  ['binary_sensor.rtl', 'חיישן תנועה במטבח'],
  ['binary_sensor.markup', `<b onload="x">A & 'B'</b> \u0000\uD800`],
  ['media_player.wide', '台所の人感センサー'],
  ['sensor.long', 'The thermometer beside the window over the sink of the kitchen'],
]);

const at = (hour: number, minute = 0): string => `2026-11-19 ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

const lanes: readonly LaneOf[] = [
  {
    entityId: 'binary_sensor.rtl',
    entityType: 'motion',
    rows: Array.from({ length: 20 }, (_, index): Row => [at(index, 5), at(index + 1, index * 2), index % 3 ? 'off' : 'on']),
  },
  {
    entityId: 'binary_sensor.markup',
    entityType: 'motion',
    rows: [
      [at(8), at(9, 30), 'on'],
      [at(9), at(11), 'off'],
    ],
  },
  {
    entityId: 'media_player.wide',
    entityType: 'media',
    rows: [
      [at(10), at(11), 'playing'],
      [at(11), at(13), 'paused'],
    ],
  },
  {
    entityId: 'sensor.long',
    entityType: 'temperature',
    rows: Array.from({ length: 46 }, (_, index): Row => [
      at(Math.floor(index / 2), (index % 2) * 30),
      at(Math.floor((index + 1) / 2), ((index + 1) % 2) * 30),
      String(20 + 3 * Math.sin(index / 6)),
    ]),
  },
  { entityId: 'binary_sensor.silent', entityType: 'door', rows: [] },
];

function draw(length: RangeLength, colors: PictureColors, timeZone = 'Europe/Berlin', of = lanes): string {
  const range = { length, day: '2026-11-19' };
  const timeline: Timeline = timelineOf(range, timeZone, of, [
    [at(6), at(7, 30)],
    [at(17), at(22)],
  ]);
  return timelineSvg([{ area: null, timeline }], {
    title: 'Küche & <Diele>',
    subtitle: 'Thu, 19 Nov 2026',
    names: NAMES,
    format: new Format('en-GB', timeZone),
    timeZone,
    width: 900,
    colors,
  });
}

describe('A timeline as SVG', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1310, height: 330 } });
  });
  afterAll(() => browser?.close());

  /** Shows the picture itself, as a file that is opened. */
  async function show(svg: string): Promise<void> {
    await page.goto(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`);
  }

  async function screenshot(name: string): Promise<void> {
    const folder = join(RESULTS, 'screenshots');
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }

  it.each([
    ['day', lightColors, 'export-day-light'],
    ['week', darkColors, 'export-week-dark'],
    ['fourWeeks', lightColors, 'export-four-weeks-light'],
  ] as const)('is well-formed, and shows all names: a %s', async (length, colors, name) => {
    const svg = draw(length, colors);
    const parsed = await page.evaluate((text) => {
      const document = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        error: document.querySelector('parsererror')?.textContent ?? null,
        scripts: document.querySelectorAll('script, b, [onload]').length,
        texts: [...document.querySelectorAll('text')].map(({ textContent }) => textContent),
      };
    }, svg);
    expect(parsed.error).toBeNull();
    expect(parsed.scripts).toBe(0);
    expect(parsed.texts).toEqual(
      expect.arrayContaining(['Küche & <Diele>', 'Occupied', 'חיישן תנועה במטבח', '台所の人感センサー']),
    );
    await show(svg);
    await screenshot(name);
  });

  it('keeps names in their column and boxes in the plot, whichever way a name is written', async () => {
    await show(draw('day', darkColors));
    const places = await page.evaluate(() => {
      const boxOf = (element: SVGGraphicsElement): number[] => {
        const { x, width } = element.getBBox();
        return [x, x + width];
      };
      const groups = [...document.querySelectorAll('g')];
      return {
        names: groups.map((group) => boxOf(group.querySelector('text') as SVGTextElement)),
        boxes: groups.flatMap((group) => [...group.querySelectorAll('path')].map(boxOf)),
        whole: (document.documentElement as unknown as SVGSVGElement).viewBox.baseVal.width,
        summaries: groups.map((group) => boxOf([...group.querySelectorAll('text')].at(-1) as SVGTextElement)),
      };
    });
    expect(places.names).toHaveLength(lanes.length + 1);
    for (const [left = 0, right = 0] of places.names) {
      expect(left).toBeGreaterThanOrEqual(15);
      expect(left).toBeLessThan(18);
      expect(right).toBeLessThan(236);
    }
    expect(places.boxes.length).toBeGreaterThan(6);
    for (const [left = 0, right = 0] of places.boxes) {
      expect(left).toBeGreaterThanOrEqual(236);
      expect(right).toBeLessThanOrEqual(236 + 900.7);
    }
    for (const [, right = 0] of places.summaries) expect(right).toBeLessThan(places.whole);
  });

  it('marks the hours of a zone with half an hour, and of a day on which the clocks change', async () => {
    const labels = async (svg: string): Promise<string[]> => {
      await show(svg);
      const texts = await page.evaluate(() => [...document.querySelectorAll('text')].map(({ textContent }) => textContent ?? ''));
      return texts.filter((text) => /^\d\d:\d\d$/.test(text));
    };
    const hours = ['03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00'];
    expect(await labels(draw('day', darkColors, 'Asia/Kolkata'))).toEqual(hours);
    const range = { length: 'day', day: '2026-10-25' } as const;
    const changing = timelineSvg([{ area: null, timeline: timelineOf(range, 'Europe/Berlin', []) }], {
      title: 'x',
      subtitle: 'y',
      names: new Map(),
      timeZone: 'Europe/Berlin',
      width: 900,
      colors: darkColors,
      format: new Format('en-GB', 'Europe/Berlin'),
    });
    expect(await labels(changing)).toEqual(hours);
  });
});
