import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Format } from '../../src/core/format';
import { describeArea } from '../../src/core/overview/describeArea';
import { describeDatabase } from '../../src/core/overview/describeDatabase';
import type { AreaOverview } from '../../src/core/overview/overviewFacts';
import type { OverviewSection } from '../../src/core/overview/overviewModel';
import { areaOverview, databaseOverview, likely, lock, NOW } from '../unit/overview/homeOverview';
import { closeBrowser, openView, type OpenedView, type ViewOptions } from './support/openView';

const format = new Format('en-GB', 'UTC');
const ADDRESS = 'database=%2Fconfig%2Farea_occupancy.db';
const LONG = 'The room behind the long corridor on the upper floor of the house by the lake';

/** What the extension answers, from facts that a test may change. */
class Home {
  areas: AreaOverview[] = [kitchen(), named('סלון', areaOverview({ entities: [], entityCount: 0 })), named(LONG, kitchen(40))];
  fault: Error | undefined;
  now = NOW;

  readonly host = {
    getDatabase: (): { section: OverviewSection; areas: readonly string[] } => {
      if (this.fault) throw this.fault;
      const overview = databaseOverview({ oldest: [{ kind: 'raw', start: '2026-10-18 10:00:00' }] });
      const section = describeDatabase(overview, { name: 'area_occupancy.db', lock: lock('stale'), now: this.now, format });
      return { section, areas: this.areas.map(({ area }) => area.areaName) };
    },
    getArea: ({ area, all }: { area: string; all: boolean }): OverviewSection => {
      const found = this.areas.find((overview) => overview.area.areaName === area)!;
      const entities = all ? found.entities : found.entities.slice(0, 200);
      return describeArea({ ...found, entities }, { names: new Map([['binary_sensor.kitchen_motion', 'חיישן תנועה']]), format });
    },
    show: (): void => {},
  };
}

function kitchen(more = 0): AreaOverview {
  const { entities } = areaOverview();
  const shelves = Array.from({ length: more }, (_, index) => likely(`sensor.shelf_${index}`, 'door', 0.5, 0.25));
  return areaOverview({ entities: [...entities, ...shelves], entityCount: entities.length + more });
}

function named(areaName: string, overview: AreaOverview): AreaOverview {
  return { ...overview, area: { ...overview.area, areaName } };
}

describe('The page of an overview', () => {
  const home = new Home();
  const views: OpenedView[] = [];

  afterEach(async () => {
    for (const { faults } of views) expect(faults).toEqual([]);
    for (const view of views.splice(0)) await view.close();
    Object.assign(home, new Home(), { host: home.host });
  });
  afterAll(closeBrowser);

  async function open(options: Partial<ViewOptions> = {}): Promise<OpenedView> {
    const view = await openView({ name: 'overview', address: ADDRESS, host: home.host, ...options });
    views.push(view);
    await view.page.getByRole('main').and(view.page.locator('[aria-busy=false]')).waitFor();
    return view;
  }

  const entities = (view: OpenedView, area = 'Kitchen') =>
    view.page.getByRole('region', { name: area }).getByRole('table', { name: 'Entities' });

  it('has the database, and each area with its tables and bars on either side of a middle', async () => {
    const view = await open();
    const { page } = view;
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'area_occupancy.db',
      'Kitchen',
      'סלון',
      LONG,
    ]);
    expect(await page.getByRole('region', { name: 'area_occupancy.db' }).getByText('The lock is stale').isVisible()).toBe(true);
    const row = entities(view).getByRole('row', { name: /1 : 4/ });
    expect(await row.getByRole('rowheader').textContent()).toContain('sensor.kitchen_temperature');
    expect(await page.getByText('This area has no entities.').count()).toBe(1);
    expect(await page.locator('.meaning', { hasText: 'odds' }).filter({ visible: true }).count()).toBe(1);
    const [box, ...others] = await entities(view)
      .locator('tbody .bar')
      .evaluateAll((bars) =>
        bars.map((bar) => {
          const [whole, fill] = [bar.getBoundingClientRect(), bar.querySelector('.fill')!.getBoundingClientRect()];
          return { from: (fill.left - whole.left) / whole.width, to: (fill.right - whole.left) / whole.width };
        }),
      );
    expect(box!.from).toBeCloseTo(0.5, 2);
    expect(box!.to).toBeCloseTo(0.5 + 0.991 / 2, 2);
    expect(others[1]!.from).toBeCloseTo(0.5 - 0.3017 / 2, 2);
    expect(others[1]!.to).toBeCloseTo(0.5, 2);
  });

  it('sorts by a column, all areas alike, and keeps that', async () => {
    const view = await open();
    const first = (area: string) => entities(view, area).getByRole('row').nth(1).getByRole('rowheader').textContent();
    await entities(view).getByRole('button', { name: 'If empty' }).click();
    expect(await first('Kitchen')).toContain('window');
    await entities(view).getByRole('button', { name: 'If empty' }).click();
    expect(await first('Kitchen')).toContain('חיישן');
    await expect
      .poll(() => entities(view).getByRole('columnheader', { name: 'If empty' }).getAttribute('aria-sort'))
      .toBe('ascending');
    await view.reload();
    await expect.poll(() => first(LONG)).toContain('חיישן');
  });

  it('filters entities by name, id and type, and keeps that', async () => {
    const view = await open();
    const rows = () => entities(view).locator('tbody').getByRole('row').count();
    await view.page.getByRole('searchbox').fill('WINDOW');
    expect(await rows()).toBe(1);
    expect(await view.page.getByText('The filter finds 1 of 3.').count()).toBe(1);
    await view.reload();
    await expect.poll(rows).toBe(1);
    await view.page.getByRole('searchbox').fill('');
    expect(await rows()).toBe(3);
  });

  it('follows the database without losing place or focus, and keeps what it shows when it cannot be read', async () => {
    const view = await open({ viewport: { width: 900, height: 300 } });
    const button = entities(view, LONG).getByRole('button', { name: 'sensor.kitchen_temperature' });
    await button.focus();
    const scroll = () => view.page.evaluate(() => scrollY);
    const before = await scroll();
    expect(before).toBeGreaterThan(200);
    const { entities: known } = home.areas[2]!;
    home.areas[2] = { ...home.areas[2]!, entities: known.toReversed().map((entity) => ({ ...entity, weight: 0.33 })) };
    home.areas = [home.areas[0]!, home.areas[2]];
    await view.tell({ event: 'changed' });
    await expect.poll(() => entities(view, LONG).getByRole('row').nth(1).textContent()).toContain('shelf_39');
    expect(await view.page.getByRole('heading', { level: 2 }).count()).toBe(3);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await entities(view, LONG).getByText('0.33').count()).toBe(43);
    home.fault = Object.assign(new Error('It is not open.'), { code: 'DATABASE_MISSING', nextStep: 'Run Open Database.' });
    await view.tell({ event: 'changed' });
    await view.page
      .getByRole('alert')
      .getByText('It is not open. Run Open Database. What is shown below was read before.')
      .waitFor();
    expect(await entities(view, LONG).count()).toBe(1);
    home.fault = undefined;
    await view.tell({ event: 'changed' });
    await expect.poll(() => view.page.getByRole('alert').count()).toBe(0);
  });

  it('opens other views by request, and goes to areas by itself', async () => {
    const view = await open();
    const { page, requests } = view;
    await entities(view).getByRole('button', { name: 'sensor.kitchen_temperature', exact: true }).click();
    await page.getByRole('region', { name: 'Kitchen' }).getByRole('button', { name: 'Show Timeline' }).click();
    await page.getByRole('region', { name: 'Kitchen' }).getByRole('button', { name: 'Show Priors' }).click();
    await page.getByRole('region', { name: 'Kitchen' }).getByRole('button', { name: 'Hallway' }).first().click();
    const row = entities(view).getByRole('row', { name: /1 : 4/ });
    await row.hover();
    await row.getByRole('button', { name: 'Intervals' }).click();
    expect(requests.filter(({ request }) => request === 'show').map(({ params }) => params)).toEqual([
      { view: 'timeline', subject: { entity: 'sensor.kitchen_temperature' } },
      { view: 'timeline', subject: { area: 'Kitchen' } },
      { view: 'priors', subject: { area: 'Kitchen' } },
      { view: 'overview', subject: { area: 'Hallway' } },
      { view: 'intervals', subject: { entity: 'sensor.kitchen_temperature' } },
    ]);
    await page.getByRole('navigation').getByRole('button', { name: LONG }).click();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(LONG);
  });

  it('shows some of 10,000 entities, more when they are asked for, and finds any of them', async () => {
    home.areas = [kitchen(9997)];
    const view = await open();
    // By its place: a role is looked for in thousands of elements.
    const rows = () => view.page.locator('section.area tbody').first().locator('tr').count();
    expect(await rows()).toBe(200);
    await view.page.getByText('9,800 more entities are left out.').waitFor();
    await view.page.getByText('Show more').click();
    await expect.poll(rows).toBe(1200);
    expect(view.requests.at(-1)?.params).toEqual({ area: 'Kitchen', all: true });
    await view.page.locator('input').fill('shelf_999');
    await expect.poll(rows).toBe(8);
    await view.page.getByText('The filter finds 8 of 10000.').waitFor();
  });

  it('fits into any window, in every theme', async () => {
    const view = await open({ viewport: { width: 1280, height: 1000 } });
    for (const theme of ['dark', 'light', 'contrastDark', 'contrastLight'] as const) {
      await view.setTheme(theme);
      await view.screenshot(`overview-${theme}`);
    }
    for (const width of [1280, 800, 420]) {
      await view.page.setViewportSize({ width, height: 1000 });
      const overflow = await view.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${width} pixels`).toBe(0);
    }
    await view.setTheme('dark');
    await view.screenshot('overview-narrow');
  });
});
