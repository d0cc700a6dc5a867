import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OccupancyDatabase } from '../../src/library.ts';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import { closeBrowser, type OpenedView, openView, type ThemeName } from './support/openView.ts';
import { timelineHost } from './support/timelineHost.ts';

const NAMES = {
  'binary_sensor.kitchen_motion': 'חיישן תנועה במטבח',
  'media_player.kitchen_media': 'The loudspeaker on the shelf beside the window over the sink',
  'sensor.kitchen_temperature': 'Kitchen Temperature',
};

const AWAY = 'Très long — مطبخ الطابق العلوي الكبير في البيت القديم بجانب البحر 👩‍👩‍👧';

describe('The page of a timeline', () => {
  const folder = temporaryFolder('timeline-page');
  let reader: OccupancyDatabase;
  let view: OpenedView;

  beforeAll(async () => {
    const path = join(folder.path, 'area_occupancy.db');
    buildDatabase(path, { version: 18, areas: 4, entities: 40, days: 20 });
    const writer = new Sqlite(path);
    for (const [name, id] of [
      ['Warehouse', 'warehouse'],
      ['Empty', 'empty'],
      [AWAY, 'away'],
    ])
      writer.exec(
        `INSERT INTO areas SELECT entry_id, '${name}', '${id}', purpose, threshold, adjacent_areas, created_at, updated_at FROM areas LIMIT 1`,
      );
    const entity = `(entry_id, area_name, entity_id, entity_type, weight, prob_given_true, prob_given_false, is_shared, shared_with_areas,
       last_updated, created_at, is_decaying, evidence)`;
    const rest = "'door', 0.5, 0.5, 0.5, 0, 'null', '2026-11-20', '2026-11-20', 0, 0";
    writer.exec(
      `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000)
       INSERT INTO entities ${entity} SELECT 'E', 'Warehouse', 'sensor.shelf_' || substr('0000' || n, -5), ${rest} FROM numbers`,
    );
    writer.exec(`INSERT INTO entities ${entity} VALUES ('E', '${AWAY}', 'binary_sensor.away', ${rest})`);
    writer.exec(
      `INSERT INTO intervals (entry_id, area_name, entity_id, state, start_time, end_time, duration_seconds, created_at, aggregation_level)
       VALUES ('E', '${AWAY}', 'binary_sensor.away', 'closed', '2026-11-19 10:00:00.000000', '2026-11-19 11:30:00.000000', 5400,
               '2026-11-20', 'raw')`,
    );
    writer.close();
    reader = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
  });
  afterEach(async () => {
    expect(view.faults).toEqual([]);
    await view.close();
  });
  afterAll(async () => {
    await closeBrowser();
    await reader?.close();
    folder.remove();
  });

  async function open(
    of: string,
    more: {
      readonly theme?: ThemeName;
      readonly timeZone?: string;
      readonly range?: string;
      readonly day?: string;
      readonly language?: string;
      readonly height?: number;
      readonly host?: Record<string, (params: never) => unknown>;
    } = {},
  ): Promise<OpenedView> {
    const {
      theme = 'dark',
      timeZone = 'Europe/Berlin',
      range = 'day',
      day = '2026-11-19',
      language = 'en-GB',
      height = 800,
      host,
    } = more;
    const address = `database=%2Fx.db&${of}&range=${range}&day=${day}`;
    const answers = { ...timelineHost({ reader, address, timeZone, language, names: NAMES }), ...host };
    view = await openView({ name: 'timeline', address, host: answers, theme, viewport: { width: 1200, height } });
    view.page.setDefaultTimeout(6000);
    await view.page.locator('.name').first().waitFor();
    return view;
  }

  const requests = (name: string): unknown[] =>
    view.requests.filter(({ request }) => request === name).map(({ params }) => params);
  const lanesRead = (count: number): Promise<unknown> => until(() => requests('lanes').length >= count);
  const when = (): Promise<string | null> => view.page.locator('.when').textContent();

  /** Pixels of the lanes' picture that are not empty, within a part of it given as shares. */
  function inked(left = 0, right = 1): Promise<number> {
    return view.page.evaluate(
      ([from, to]) => {
        const canvas = document.querySelector<HTMLCanvasElement>('.u-under canvas')!;
        const [start, end] = [Math.floor(from * canvas.width), Math.ceil(to * canvas.width)];
        const { data } = canvas.getContext('2d')!.getImageData(start, 0, end - start, canvas.height);
        let count = 0;
        for (let place = 3; place < data.length; place += 4) if (data[place]) count += 1;
        return count;
      },
      [left, right] as const,
    );
  }

  /** The colours that the lanes' picture has most of. */
  function colors(): Promise<string> {
    return view.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.u-under canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const counts = new Map<number, number>();
      for (const pixel of new Int32Array(data.buffer)) if (pixel) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
      const most = [...counts].toSorted(([, left], [, right]) => right - left).slice(0, 4);
      return String(most.map(([pixel]) => pixel).toSorted((left, right) => left - right));
    });
  }

  it('shows a lane an entity, the occupied one on top, under the head of its area', async () => {
    await open('area=Kitchen&area=Hallway');
    const names = await view.page.locator('.name').allTextContents();
    expect(names.slice(0, 3)).toEqual(['Kitchen', 'Occupied', NAMES['binary_sensor.kitchen_motion']]);
    expect(names).toContain('Temperature');
    expect(names.filter((name) => name === 'Occupied').length).toBeGreaterThan(1);
    const motion = view.page.locator('.name', { hasText: NAMES['binary_sensor.kitchen_motion'] });
    expect(await motion.locator('span').getAttribute('dir')).toBe('auto');
    expect(await motion.getAttribute('title')).toContain('binary_sensor.kitchen_motion');
    await until(async () => (await inked()) > 10_000);
    expect(await when()).toBe('19 Nov 2026, 00:00 – 20 Nov 2026, 00:00, Europe/Berlin (UTC+1)');
  });

  it('is drawn in the colours of the theme, and again in those of another', async () => {
    await open('area=Kitchen', { range: 'week' });
    await until(async () => (await inked()) > 10_000);
    for (const theme of ['light', 'contrastDark', 'contrastLight', 'dark'] as const) {
      const before = await colors();
      await view.setTheme(theme);
      await until(async () => (await colors()) !== before);
      await view.screenshot(`timeline-page-${theme}`);
    }
  });

  it('moves by buttons and keys, and asks for what comes into sight', async () => {
    await open('area=Kitchen');
    await lanesRead(1);
    const week = view.page.getByRole('button', { name: 'Week', exact: true });
    await week.click();
    await until(async () => (await week.getAttribute('aria-pressed')) === 'true');
    await view.page.locator('.scroller').focus();
    await view.page.keyboard.press('p');
    await until(async () => (await when())?.startsWith('6 Nov 2026, 00:00 – 13 Nov 2026, 00:00') ?? false);
    await lanesRead(2);
    await view.page.keyboard.press('d');
    await until(async () => (await when())?.startsWith('12 Nov 2026, 00:00 – 13 Nov 2026, 00:00') ?? false);
    await view.page.getByLabel('Go to date').fill('2026-11-01');
    await until(async () => (await when())?.startsWith('1 Nov 2026, 00:00 – 2 Nov 2026, 00:00') ?? false);
    await until(async () => (await inked()) > 10_000);
  });

  it('zooms where the wheel is turned, pans where it is dragged, and goes back with a double click', async () => {
    await open('area=Kitchen');
    await lanesRead(1);
    const over = (await view.page.locator('.u-over').boundingBox())!;
    await view.page.mouse.move(over.x + over.width / 2, over.y + 100);
    await view.page.mouse.wheel(0, -600);
    await until(async () => /^19 Nov 2026, 08:2\d – 19 Nov 2026, 15:3\d/.test((await when()) ?? ''));
    await view.page.mouse.down();
    await view.page.mouse.move(over.x + over.width / 2 + 200, over.y + 100, { steps: 5 });
    await view.page.mouse.up();
    await until(async () => /^19 Nov 2026, 06:5\d – 19 Nov 2026, 14:0\d/.test((await when()) ?? ''));
    await view.page.mouse.dblclick(over.x + 50, over.y + 100);
    await until(async () => (await when())?.startsWith('19 Nov 2026, 00:00 – 20 Nov') ?? false);
    expect(requests('reveal')).toEqual([]);
  });

  it('has a cursor for the keyboard, which is said, and shows its interval in the tree', async () => {
    await open('area=Kitchen');
    await lanesRead(1);
    await view.page.locator('.scroller').focus();
    for (const key of ['ArrowDown', 'ArrowDown', ...Array.from({ length: 9 }, () => '+'), 'ArrowRight'])
      await view.page.keyboard.press(key);
    const status = view.page.getByRole('status').filter({ hasText: 'binary_sensor.kitchen_motion' });
    await status.waitFor();
    const said = await status.innerText();
    expect(said).toMatch(/(on|off): .*(h|min|s)/);
    expect(said).toMatch(/2026-11-19 \d\d:\d\d:\d\d\.\d+ – .* UTC/);
    await view.page.keyboard.press('ArrowRight');
    await until(async () => (await status.innerText()) !== said);
    await view.page.keyboard.press('Enter');
    await until(() => requests('reveal').length === 1);
    expect(requests('reveal')[0]).toMatchObject({ entity: { entityId: 'binary_sensor.kitchen_motion' }, isOne: true });
  });

  it('says of the place under the pointer what is exact, and reveals it with a click', async () => {
    await open('area=Kitchen');
    await lanesRead(1);
    const over = (await view.page.locator('.u-over').boundingBox())!;
    await view.page.mouse.move(over.x + over.width / 2, over.y + 30 + 24 + 12);
    const tip = view.page.locator('.tip');
    await tip.filter({ hasText: 'UTC' }).waitFor();
    expect(await tip.innerText()).toContain(NAMES['binary_sensor.kitchen_motion']);
    await view.page.mouse.click(over.x + over.width / 2, over.y + 30 + 24 + 12);
    await until(() => requests('reveal').length === 1);
  });

  it('filters lanes by name and type, and states', async () => {
    await open('area=Kitchen');
    await lanesRead(1);
    await view.page.getByLabel('Filter lanes by name').fill('תנועה');
    await until(async () => (await view.page.locator('.name.entity').count()) === 1);
    await view.page.getByLabel('Filter lanes by name').fill('');
    await view.page.getByText('Types', { exact: true }).click();
    await view.page.getByLabel('motion').uncheck();
    await until(async () => !(await view.page.locator('.names').innerText()).includes(NAMES['binary_sensor.kitchen_motion']));
    await view.page.keyboard.press('Escape');
    const before = await inked();
    await view.page.getByText('States', { exact: true }).click();
    for (const box of await view.page.locator('.menu[open] input').all()) await box.uncheck();
    await until(async () => (await inked()) < before - 1000);
    await view.page.getByLabel('Filter lanes by name').fill('zzz');
    await view.page.getByText('No lane matches the filter.').waitFor();
  });

  it('is a table as well, with exact sums', async () => {
    await open('area=Kitchen');
    await view.page.getByRole('button', { name: 'Table' }).click();
    const row = view.page.getByRole('row').filter({ hasText: NAMES['binary_sensor.kitchen_motion'] });
    const text = await row.innerText();
    const { lanes } = await reader.getTimeline({
      entity: 'binary_sensor.kitchen_motion',
      from: '2026-11-18 23:00:00',
      to: '2026-11-19 23:00:00',
      resolution: 60_000,
    });
    const intervals = core
      .unpackBoxes(lanes[0]!.boxes, Date.UTC(2026, 10, 18, 23) * 1000)
      .reduce((sum, box) => sum + box.intervals, 0);
    expect(text).toContain(`\t${intervals}\t`);
    expect(text).toMatch(/off \d+ h \d+ min, on /);
    await view.screenshot('timeline-page-table');
  });

  it('is kept over a reload: range, lanes, filter and cursor', async () => {
    await open('area=Kitchen&area=Hallway', { height: 420 });
    await lanesRead(1);
    await view.page.locator('.scroller').focus();
    for (const key of ['w', 'ArrowDown', 'End', 'ArrowDown', '+']) await view.page.keyboard.press(key);
    await view.page.getByLabel('Filter lanes by name').fill('o');
    await view.page.locator('.scroller').evaluate((scroller) => (scroller.scrollTop = 120));
    await expect
      .poll(() => view.kept())
      .toMatchObject({ text: 'o', scroll: 120, address: expect.stringContaining('range=week') });
    const place = async (): Promise<{ x: number; y: number }> =>
      (await view.page.locator('.cursor').boundingBox()) ?? { x: Number.NaN, y: Number.NaN };
    const [before, cursor] = [await when(), await place()];
    await view.reload();
    await view.page.locator('.name').first().waitFor();
    await until(async () => (await when()) === before);
    await expect.poll(async () => (await place()).y).toBe(cursor.y);
    // What is merged in a box that is asked for anew may begin a pixel beside it.
    await expect.poll(async () => Math.abs((await place()).x - cursor.x)).toBeLessThan(2);
    expect(await view.page.getByLabel('Filter lanes by name').inputValue()).toBe('o');
    expect(await view.page.locator('.scroller').evaluate(({ scrollTop }) => scrollTop)).toBe(120);
  });

  it('follows the database without losing its place', async () => {
    await open('area=Kitchen');
    await lanesRead(1);
    await view.page.getByRole('button', { name: 'Week', exact: true }).click();
    await lanesRead(2);
    await view.page.waitForTimeout(200);
    const [before, asked] = [await when(), requests('lanes').length];
    await view.tell({ event: 'changed' });
    await lanesRead(asked + 1);
    expect(await when()).toBe(before);
  });

  it('goes to an interval that is asked for', async () => {
    const at = Date.UTC(2026, 10, 10, 12) * 1000;
    await open(`area=Kitchen&focus=sensor.kitchen_temperature&at=${at}`, { day: '2026-11-10' });
    await view.page.locator('.cursor').waitFor();
    await view.page.getByRole('status').filter({ hasText: 'Temperature' }).waitFor();
    await view.tell({
      event: 'show',
      address: `database=%2Fx.db&area=Kitchen&range=day&day=2026-11-12&focus=binary_sensor.kitchen_motion&at=${at + 48 * 3_600_000_000}`,
    } as never);
    await view.page.getByRole('status').filter({ hasText: 'binary_sensor.kitchen_motion' }).waitFor();
    expect(await when()).toMatch(/^12 Nov 2026/);
  });

  it('says that nothing is known, and offers to sync', async () => {
    await open('area=Kitchen', { day: '2027-03-01' });
    await view.page.getByText('Nothing is known of these lanes at this time.').waitFor();
    await view.page.getByRole('button', { name: 'Sync…' }).click();
    await until(() => requests('sync').length === 1);
  });

  it('says so of an area without entities, and what went wrong where it cannot be read', async () => {
    await open('area=Empty');
    await view.page.getByText('There are no entities in this timeline.').waitFor();
    await view.close();
    const gone = Object.assign(new Error('/x.db is not open.'), { code: 'DATABASE_MISSING', nextStep: 'Run Open Database.' });
    await open('area=Kitchen', { host: { lanes: () => Promise.reject(gone) } });
    await view.page.getByText('/x.db is not open. Run Open Database.').waitFor();
  });

  it('shows one interval, under a long name of several scripts', async () => {
    await open(`area=${encodeURIComponent(AWAY)}`, { timeZone: 'Asia/Kolkata', theme: 'light' });
    // From 15:30 to 17:00 by the clock of India.
    const [start, end] = [15.5 / 24, 17 / 24];
    await until(async () => (await inked(start + 0.002, end - 0.002)) > 500);
    expect(await when()).toBe('19 Nov 2026, 00:00 – 20 Nov 2026, 00:00, Asia/Kolkata (UTC+5:30)');
    await view.screenshot('timeline-page-one');
  });

  it('has 25 hours where the clocks go back, and 23 where they go forward', async () => {
    await open('area=Kitchen', { day: '2026-10-25' });
    expect(await when()).toContain('25 Oct 2026, 00:00 – 26 Oct 2026, 00:00');
    await lanesRead(1);
    const { from, to } = requests('lanes')[0] as { from: number; to: number };
    expect((to - from) / 1.5 / 3_600_000_000).toBeCloseTo(25, 6);
  });

  it('scrolls through 10,000 entities and reads only those that are seen', async () => {
    await open('area=Warehouse');
    await lanesRead(1);
    await view.page.locator('.scroller').evaluate((scroller) => (scroller.scrollTop = scroller.scrollHeight));
    await view.page.getByText('shelf_10000').waitFor();
    await lanesRead(2);
    for (const params of requests('lanes')) expect((params as { entities: unknown[] }).entities.length).toBeLessThan(60);
    expect(await view.page.locator('.name').count()).toBeLessThan(60);
    await view.page.getByLabel('Filter lanes by name').fill('shelf_05000');
    await until(async () => (await view.page.locator('.name.entity').count()) === 1);
  });

  it('shows itself as text', async () => {
    await open('area=Kitchen', { range: 'week' });
    await view.page.getByRole('button', { name: 'As text' }).click();
    await until(() => requests('showAsText').length === 1);
    expect(requests('showAsText')[0]).toBe('database=%2Fx.db&area=Kitchen&range=week&day=2026-11-19');
  });
});

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(isSo, { timeout: 8000, interval: 30 }).toBe(true);
}
