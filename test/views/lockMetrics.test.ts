import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { DatabaseMissingError } from '../../src/core/errors';
import { LockMeter } from '../../src/core/metrics/lockMeter';
import { NodeHistogram } from '../../src/platform/lock/nodeHistogram';
import { FakeClock } from '../unit/lock/fakeWorld';
import { someMetrics } from '../unit/metrics/someMetrics';
import { closeBrowser, openView, type OpenedView, type ThemeName } from './support/openView';

const DATABASE = '/config/.storage/area_occupancy.db';

let view: OpenedView;
afterEach(async () => {
  expect(view.faults).toEqual([]);
  await view.close();
});
afterAll(closeBrowser);

async function open(metrics = () => someMetrics()): Promise<OpenedView> {
  const host = {
    metrics: () => ({ name: 'area_occupancy.db', metrics: metrics() }),
    reset: () => {},
  };
  return (view = await openView({ name: 'lockMetrics', address: DATABASE, host }));
}

describe('The page of lock metrics', () => {
  it('has what was counted, and a histogram for each thing that took time, in every theme', async () => {
    const { page, setTheme, screenshot } = await open();
    await page.getByRole('heading', { name: 'Lock of area_occupancy.db' }).waitFor();
    expect(await page.getByRole('definition').allTextContents()).toContain('1 interactive, 1 background');
    const wait = page.getByRole('row', { name: /^Wait for AOD/ });
    expect(await wait.getByRole('cell').allTextContents()).toEqual(['1', '2.4 s', '2.4 s', '2.4 s', '2.4 s', '']);
    const histogram = wait.getByRole('img', { name: 'Wait for AOD (pid:time): most of them up to 2.5 s' });
    for (const theme of ['light', 'contrastDark', 'contrastLight', 'dark'] satisfies ThemeName[]) {
      await setTheme(theme);
      await screenshot(`lock-metrics-page-${theme}`);
    }
    const heights = await histogram.locator('.bar').evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().height));
    expect(heights.filter((height) => height > 20)).toHaveLength(1);
    expect(await histogram.locator('.bar:not(.none)').getAttribute('title')).toBe('up to 2.5 s: 1');
  });

  it('follows the lock, is reset and exported, and keeps what it shows when that cannot be read', async () => {
    const meter = new LockMeter(`${DATABASE}.lock`, 77, new FakeClock(), () => new NodeHistogram());
    let isGone = false;
    const { page, tell, requests } = await open(() => {
      if (isGone) throw new DatabaseMissingError('The file is gone.', 'Open it again.');
      return meter.snapshot();
    });
    await page.getByText('Nothing was measured yet').waitFor();
    meter.asked(0);
    meter.failed('timeout');
    await tell({ event: 'changed' });
    await page.getByRole('definition').filter({ hasText: '1 timed out' }).waitFor();
    isGone = true;
    await tell({ event: 'changed' });
    await page.getByRole('alert').filter({ hasText: 'The file is gone. Open it again.' }).waitFor();
    expect(await page.getByRole('definition').filter({ hasText: '1 timed out' }).isVisible()).toBe(true);
    isGone = false;
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => requests.map(({ request }) => request)).toContain('reset');
    await page.getByRole('alert').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Export…' }).click();
    await expect.poll(() => requests.at(-1)).toEqual({ request: 'export', params: DATABASE });
    await page.getByRole('button', { name: 'Show as Text' }).click();
    await expect.poll(() => requests.at(-1)).toEqual({ request: 'showAsText', params: DATABASE });
  });
});
