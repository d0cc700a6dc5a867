// How quick the page of a timeline is in headless Chromium without a GPU: 4 weeks × 60 lanes × 100,000 intervals, all in sight.
// node test/bench/timelineView.bench.mts   One JSON line: each figure, and whether it meets its goal.
import type { CDPSession, Page } from 'playwright-core';
import { core } from '../support/core.mts';
import { closeBrowser, openView } from '../views/support/openView.ts';
import { makeOnce } from './benchHomes.mts';

const AREA = 'Living Room';
const ADDRESS = `database=%2Fx.db&area=${encodeURIComponent(AREA)}&range=fourWeeks&day=2026-11-19`;
/** Room for 61 lanes. */
const VIEWPORT = { width: 1400, height: 1640 };
/** ms that frames are counted for. */
const COUNTED = 4000;
/** Each figure is the best of so many: what else the machine does is not what is asked. */
const RUNS = 3;

const FIRST_PAINT_GOAL = 500;
const FRAMES_GOAL = 50;

const database = await core.OccupancyDatabase.open(makeOnce(1), { readLocks: 'never' });

interface LanesParams {
  readonly occupied: readonly string[];
  readonly entities: readonly { readonly entityId: string; readonly entityType: string }[];
  readonly from: number;
  readonly to: number;
  readonly resolution: number;
}

function stored(microseconds: number): string {
  return new Date(microseconds / 1000).toISOString().replace('T', ' ').replace('Z', '');
}

const entities = (await database.getEntities({ area: AREA })).map(({ entityId, entityType }) => ({
  entityId,
  entityType,
  name: null,
}));

/** Opens the page. @returns it, and ms from when its data arrived until it was painted */
async function firstPaint(): Promise<{ view: Awaited<ReturnType<typeof openView>>; milliseconds: number }> {
  let watch = (): void => {};
  const watched = new Promise<void>((resolve) => (watch = resolve));
  const view = await openView({
    name: 'timeline',
    address: ADDRESS,
    viewport: VIEWPORT,
    host: {
      settings: () => ({ language: 'en-GB', timeZone: 'UTC' }),
      outline: () => ({ version: '1', outline: { areas: [{ area: AREA, entities }] } }),
      lanes: async ({ from, to, resolution, ...lanes }: LanesParams) => {
        const answer = await database.getLanes({ ...lanes, from: stored(from), to: stored(to), resolution: resolution / 1000 });
        await watched;
        return answer;
      },
      describe: () => [],
    },
  });
  await view.page.locator('.name').first().waitFor();
  const painted = view.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        globalThis.addEventListener('message', ({ data }: MessageEvent<{ result?: { entities?: unknown } }>) => {
          if (!data.result?.entities) return;
          const arrived = performance.now();
          // The page draws in the next frame; when the one after it begins, it was painted.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - arrived)));
        });
      }),
  );
  watch();
  return { view, milliseconds: await painted };
}

/** Turns the wheel at every frame. @returns frames a second */
function framesPerSecond(page: Page, kind: 'pan' | 'zoom'): Promise<number> {
  return page.evaluate(
    ([moves, counted]) =>
      new Promise<number>((resolve) => {
        const over = document.querySelector('.u-over')!;
        const { left, top } = over.getBoundingClientRect();
        const started = performance.now();
        let frames = 0;
        const frame = (): void => {
          frames += 1;
          const there = frames % 60 < 30 ? 1 : -1;
          const wheel = moves === 'pan' ? { deltaX: 9 * there } : { deltaY: 28 * there };
          const place = { clientX: left + 400, clientY: top + 100, cancelable: true };
          over.dispatchEvent(new WheelEvent('wheel', { ...wheel, ...place }));
          const elapsed = performance.now() - started;
          if (elapsed < counted) requestAnimationFrame(frame);
          else resolve((frames / elapsed) * 1000);
        };
        requestAnimationFrame(frame);
      }),
    [kind, COUNTED] as const,
  );
}

/** CPU time of the page's main thread so far, ms: what it takes of a machine that is not its own does not count. */
async function mainThread(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}

const paints: number[] = [];
const frames = { pan: 0, zoom: 0 };
const cpu = { pan: Number.POSITIVE_INFINITY, zoom: Number.POSITIVE_INFINITY };
for (let run = 0; run < RUNS; run += 1) {
  const { view, milliseconds } = await firstPaint();
  paints.push(milliseconds);
  await view.page.waitForTimeout(500);
  const session = await view.page.context().newCDPSession(view.page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  for (const kind of ['pan', 'zoom'] as const) {
    const before = await mainThread(session);
    const perSecond = await framesPerSecond(view.page, kind);
    frames[kind] = Math.max(frames[kind], perSecond);
    cpu[kind] = Math.min(cpu[kind], ((await mainThread(session)) - before) / ((perSecond * COUNTED) / 1000));
  }
  await view.close();
}
await closeBrowser();
await database.close();
const tenths = (number: number): number => Math.round(number * 10) / 10;
const paint = Math.round(Math.min(...paints));
console.log(
  JSON.stringify({
    bench: 'timelineView',
    firstPaint: { milliseconds: paint, goal: FIRST_PAINT_GOAL },
    millisecondsOfMainThreadPerFrame: { pan: tenths(cpu.pan), zoom: tenths(cpu.zoom) },
    framesPerSecond: { pan: Math.round(frames.pan), zoom: Math.round(frames.zoom), goal: FRAMES_GOAL },
    met: { firstPaint: paint <= FIRST_PAINT_GOAL, pan: frames.pan >= FRAMES_GOAL, zoom: frames.zoom >= FRAMES_GOAL },
  }),
);
