import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { SchemaError } from '../../src/core/errors';
import type { AreaPriors } from '../../src/core/model';
import { readPriorsAddress, writePriorsAddress } from '../../src/core/priors/priorsAddress';
import { fullWeek, prior, priorsOf } from '../unit/priors/priorsOf';
import { closeBrowser, openView, type OpenedView, type ViewOptions } from './support/openView';

const DATABASE = '/config/.storage/area_occupancy.db';
const HEBREW = 'חדר השינה של ההורים בקומה השנייה ליד המרפסת הגדולה';
/** Tuesday, 15:30 in Berlin. */
const NOW = new Date('2026-11-24T14:30:00Z');

function homeWeek(peak: number): AreaPriors['slots'] {
  return fullWeek((day, slot) => Math.max(0.03, peak * Math.sin(((slot - 6) / 17) * Math.PI) ** 2 * (day > 4 ? 1 : 0.7))).filter(
    ({ timeSlot }) => timeSlot !== 3,
  );
}

const globalPrior = {
  priorValue: 0.31,
  calculationDate: '2026-11-24 13:00:00.000000',
  dataPeriodStart: '2026-10-27 13:00:00.000000',
  dataPeriodEnd: '2026-11-24 13:00:00.000000',
  totalOccupiedSeconds: 750_000,
  totalPeriodSeconds: 2_419_200,
  intervalCount: 1348,
  confidence: 0.9,
  calculationMethod: 'interval_analysis',
};

let opened: OpenedView | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

/** The page on a home of three areas, which a test may change under it. */
async function open(
  areas: { area: string; other?: string },
  options: Partial<ViewOptions> = {},
  home: AreaPriors[] = [
    priorsOf('Kitchen', homeWeek(0.5), { overall: 0.31, globalPrior }),
    priorsOf(HEBREW, homeWeek(0.9), { overall: 0.4 }),
    priorsOf('Attic', [], { overall: null }),
  ],
): Promise<OpenedView> {
  let address = writePriorsAddress({ database: DATABASE, area: areas.area, other: areas.other ?? null });
  const of = (name: string): AreaPriors => {
    const found = home.find(({ areaName }) => areaName === name);
    if (found) return found;
    throw new SchemaError(`There is no area “${name}” in this database.`, 'Refresh.');
  };
  opened = await openView({
    name: 'priors',
    address,
    host: {
      openAddress: (asked: string | null) => (address = asked ?? address),
      start: () => ({ locale: 'en-GB', timeZone: options.timeZone ?? 'Europe/Berlin' }),
      areas: () => home.map(({ areaName }) => areaName),
      priors: () => {
        const { area, other } = readPriorsAddress(address)!;
        return other === null ? [of(area)] : [of(area), of(other)];
      },
    },
    now: NOW,
    ...options,
  });
  return opened;
}

const cell = (page: Page, name: string | RegExp, map = 0) => page.getByRole('grid').nth(map).getByRole('gridcell', { name });

describe('The page of priors', () => {
  it('is a grid of 168 hours, each of which says all that there is to say of it', async () => {
    const { page, faults, screenshot } = await open({ area: 'Kitchen' });
    await cell(page, 'Tuesday, 15:00 – 16:00 (now). Kitchen: ').waitFor();
    expect(await page.getByRole('gridcell').count()).toBe(168);
    const label = await cell(page, /^Saturday, 14:00 – 15:00/).getAttribute('aria-label');
    expect(label).toBe(
      [
        'Saturday, 14:00 – 15:00. Kitchen: 49.6%. Data points: 4 (weeks with data of this hour). Confidence: 75%',
        'Learned from 23 Oct 2026, 14:06:53 – 20 Nov 2026, 10:30:00. Method: interval_analysis',
        'Calculated: 20 Nov 2026, 10:30:00. Overall prior of the area: 31%',
      ].join('. '),
    );
    expect(await cell(page, /^Saturday, 14:00/).textContent()).toBe('50');
    expect(await cell(page, /^Monday, 03:00/).textContent()).toBe('·');
    expect(await cell(page, /^Monday, 03:00/).getAttribute('aria-label')).toContain('not learned, Home Assistant assumes 50%');
    expect(await page.getByRole('columnheader').nth(1).getAttribute('aria-label')).toBe('00:00 – 01:00');
    expect(await page.getByRole('rowheader').allTextContents()).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
    await screenshot('view-priors-dark');
    expect(faults).toEqual([]);
  });

  it('is gone through with the keyboard, one stop for a tab, and comes back to that hour', async () => {
    const view = await open({ area: 'Kitchen' });
    const { page } = view;
    await cell(page, /now/).waitFor();
    expect(await page.locator('td[tabindex="0"]').count()).toBe(1);
    const focused = (): Promise<string | undefined> =>
      page.evaluate(() => /^[^.]*/.exec(document.activeElement?.getAttribute('aria-label') ?? '')?.[0]);
    await cell(page, /now/).focus();
    const path: [string, string][] = [
      ['ArrowRight', 'Tuesday, 16:00 – 17:00'],
      ['ArrowDown', 'Wednesday, 16:00 – 17:00'],
      ['End', 'Wednesday, 23:00 – 00:00'],
      ['ArrowRight', 'Wednesday, 23:00 – 00:00'],
      ['PageDown', 'Sunday, 23:00 – 00:00'],
      ['Control+Home', 'Monday, 00:00 – 01:00'],
      ['Control+End', 'Sunday, 23:00 – 00:00'],
      ['Home', 'Sunday, 00:00 – 01:00'],
      ['ArrowUp', 'Saturday, 00:00 – 01:00'],
    ];
    for (const [key, hour] of path) {
      await page.keyboard.press(key);
      expect(await focused()).toBe(hour);
    }
    expect(await page.locator('.readout').textContent()).toContain('Saturday, 00:00 – 01:00');
    expect(await page.locator('td[tabindex="0"]').count()).toBe(1);
    expect(await view.kept()).toMatchObject({ cursor: { day: 5, slot: 0 } });
    await view.reload();
    await cell(page, /now/).waitFor();
    expect(await page.locator('td[tabindex="0"]').getAttribute('aria-label')).toContain('Saturday, 00:00 – 01:00');
  });

  it('tells of the hour under the pointer, in both areas', async () => {
    const { page, screenshot, setTheme } = await open(
      { area: 'Kitchen', other: HEBREW },
      { viewport: { width: 1280, height: 900 } },
    );
    await cell(page, /^Friday, 20:00/, 1).hover();
    const readout = page.locator('.readout');
    await readout.getByText('Friday, 20:00 – 21:00').waitFor();
    expect(await readout.locator('.prior').allTextContents()).toEqual(['Kitchen: 9.7%', `${HEBREW}: 17.5%`]);
    expect(await readout.textContent()).toContain('Difference: +7.8 points');
    expect(await cell(page, /^Friday, 20:00/, 2).textContent()).toBe('+8');
    const [left, right] = await Promise.all([0, 1].map((map) => page.getByRole('grid').nth(map).boundingBox()));
    expect(left?.y).toBe(right?.y);
    const colors = new Set<string>();
    for (const theme of ['dark', 'light', 'contrastDark', 'contrastLight'] as const) {
      await setTheme(theme);
      colors.add(await cell(page, /^Saturday, 14:00/).evaluate((drawn) => getComputedStyle(drawn).backgroundColor));
      await screenshot(`view-priors-compared-${theme}`);
    }
    expect(colors.size).toBe(4);
    await page.mouse.move(2, 2);
    await readout.getByText('Tuesday, 15:00 – 16:00 (now)').waitFor();
  });

  it('has an area chosen and compared in its place', async () => {
    const view = await open({ area: 'Kitchen' });
    const { page } = view;
    await cell(page, /now/).waitFor();
    await page.getByLabel('Compare with').selectOption(HEBREW);
    await page.getByRole('heading', { name: 'Difference' }).waitFor();
    await page.getByLabel('Area', { exact: true }).selectOption(HEBREW);
    await page.getByText('Percentage points by which Kitchen is above').waitFor();
    await page.getByLabel('Area', { exact: true }).selectOption('Attic');
    await page.getByText('No hour of the week was learned yet.').waitFor();
    await page.getByText('The area as a whole has no learned prior yet.').waitFor();
    await page.getByLabel('Compare with').selectOption({ index: 0 });
    await expect.poll(() => page.getByRole('grid').count()).toBe(1);
    expect(await page.getByRole('gridcell', { name: /not learned/ }).count()).toBe(168);
    await view.screenshot('view-priors-unlearned');
    const kept = (await view.kept()) as { address: string };
    expect(readPriorsAddress(kept.address)).toEqual({ database: DATABASE, area: 'Attic', other: null });
    await page.getByRole('button', { name: 'Show as Text' }).click();
    await expect.poll(() => view.requests.at(-1)).toEqual({ request: 'showAsText', params: kept.address });
    expect(view.faults).toEqual([]);
  });

  it('follows the database with the focus where it is, and says what is wrong above what was read last', async () => {
    const home = [priorsOf('Kitchen', [prior(0, 0, 0.1)])];
    const { page, tell, screenshot } = await open({ area: 'Kitchen' }, {}, home);
    await cell(page, /^Monday, 00:00/).focus();
    home[0] = priorsOf('Kitchen', [prior(0, 0, 0.42)]);
    await tell({ event: 'changed' });
    await page.getByText('42', { exact: true }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('42');
    home[0] = priorsOf('Cuisine', []);
    await tell({ event: 'changed' });
    await page.getByRole('alert').getByText('There is no area “Kitchen” in this database. Refresh.').waitFor();
    expect(await cell(page, /^Monday, 00:00/).textContent()).toBe('42');
    await screenshot('view-priors-gone');
    await page.getByLabel('Area', { exact: true }).selectOption('Cuisine');
    await page.getByText('No hour of the week was learned yet.').waitFor();
    expect(await page.getByRole('alert').isVisible()).toBe(false);
  });

  it('lets hours go down where there is no room for a row of them', async () => {
    const { page, screenshot } = await open({ area: 'Kitchen', other: HEBREW }, { viewport: { width: 400, height: 900 } });
    await cell(page, /now/).focus();
    expect(await page.getByRole('columnheader').count()).toBe(3 * 8);
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain('Tuesday, 16:00 – 17:00');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const [first, second] = await Promise.all([0, 1].map((map) => page.getByRole('grid').nth(map).boundingBox()));
    expect(second?.y).toBeGreaterThan((first?.y ?? 0) + (first?.height ?? 0));
    await screenshot('view-priors-narrow');
    await page.keyboard.press('PageDown');
    const covered = (): Promise<number> =>
      page.evaluate(() => {
        const bottom = document.activeElement?.getBoundingClientRect().bottom ?? 0;
        return bottom - (document.querySelector('.readout')?.getBoundingClientRect().top ?? 0);
      });
    await expect.poll(covered).toBeLessThanOrEqual(0);
    await page.keyboard.press('ArrowUp');
    await page.setViewportSize({ width: 1000, height: 700 });
    await expect.poll(() => page.getByRole('columnheader').count()).toBe(3 * 25);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain('Tuesday, 22:00 – 23:00');
  });

  it('goes by UTC for an old database, and marks the hour of that', async () => {
    const old = { confidence: null, calculatedAt: null, samplePeriodStart: null, samplePeriodEnd: null, calculationMethod: null };
    const home = [priorsOf('Kitchen', [prior(1, 14, 0.17, { ...old, dataPoints: 39_600 })], { clock: 'utc' })];
    const { page, screenshot } = await open({ area: 'Kitchen' }, { timeZone: 'Asia/Kolkata', theme: 'light' }, home);
    await cell(page, 'Tuesday, 14:00 – 15:00 UTC (now). Tuesday 19:30 – Tuesday 20:30 in Asia/Kolkata (UTC+5:30)').waitFor();
    await page.getByText('Hours are by UTC').waitFor();
    await screenshot('view-priors-old');
  });
});
