import { describe, expect, it, vi } from 'vitest';
import { AreasTree } from '../../../src/core/tree/areasTree';
import { EntitiesTree } from '../../../src/core/tree/entitiesTree';
import { IntervalsTree } from '../../../src/core/tree/intervalsTree';
import type { MoreNode } from '../../../src/core/tree/nodes';
import { Pages } from '../../../src/core/tree/pages';
import { drawTree } from './drawTree';
import { area, entity, interval, openHome } from './homeReader';

const home = openHome('home.db', {
  areas: [area('Büro', 'working'), area('Kitchen', 'food_prep')],
  entities: [
    entity('Büro', 'binary_sensor.buro_motion', 'motion'),
    entity('Kitchen', 'binary_sensor.kitchen_motion', 'motion'),
    entity('Kitchen', 'media_player.radio', 'media'),
  ],
  intervals: [
    interval(1, 'Kitchen', 'binary_sensor.kitchen_motion', 'on', '2026-11-19 22:59:59.999999', 61),
    interval(2, 'Kitchen', 'binary_sensor.kitchen_motion', 'off', '2026-11-19 23:00:00.000000', 3600),
    interval(3, 'Kitchen', 'media_player.radio', 'playing', '2026-11-20 08:00:00.000000', 4.26),
    interval(4, 'Kitchen', 'binary_sensor.kitchen_motion', 'on', '2026-11-20 09:00:00.000000', 600),
  ],
  names: { 'binary_sensor.kitchen_motion': 'Kitchen Motion' },
});
/** Friday, 10:30 in Berlin. */
const clock = { now: () => Date.UTC(2026, 10, 20, 9, 30) };
const berlin = 'Europe/Berlin';

describe('Areas view', () => {
  it('shows each area with its day, its priors and its entities', async () => {
    expect(await drawTree(new AreasTree(() => [home], clock, berlin), 3)).toEqual([
      'home.db',
      '  Büro | Office · 1 entity',
      '    Today | not occupied',
      '    Priors | 4%, now 12%',
      '    binary_sensor.buro_motion | motion · weight 0.85',
      '  Kitchen | Kitchen · 2 entities',
      '    Today | occupied 10 min, 1 time',
      '    Priors | 4%, now 12%',
      '    Kitchen Motion | binary_sensor.kitchen_motion · motion · weight 0.85',
      '    media_player.radio | media · weight 0.85',
    ]);
  });

  it('shows the prior of the hour that it is by UTC where AOD learned by that', async () => {
    const { reader } = home;
    const priors = await reader.getPriors('Kitchen');
    const slots = priors.slots.map((slot) => ({ ...slot, timeSlot: 9, priorValue: 0.34 }));
    const old = { ...home, reader: { ...reader, getPriors: async () => ({ ...priors, clock: 'utc', slots }) as const } };
    expect(await drawTree(new AreasTree(() => [old], clock, berlin), 3)).toContain('    Priors | 4%, now 34%');
  });

  it('is empty without a database, so that the welcome text shows', async () => {
    expect(await drawTree(new AreasTree(() => [], clock, berlin), 3)).toEqual([]);
  });

  it('says so where a database has no area', async () => {
    const empty = openHome('empty.db', { areas: [], entities: [], intervals: [] });
    expect(await drawTree(new AreasTree(() => [empty], clock, berlin), 2)).toEqual(['empty.db', '  No areas yet']);
  });
});

describe('Entities view', () => {
  const entities = (groupBy: 'area' | 'type', filter = ''): EntitiesTree =>
    new EntitiesTree(
      () => [home],
      () => ({ groupBy, filter }),
    );

  it('groups by area', async () => {
    expect(await drawTree(entities('area'), 2)).toEqual([
      'Büro | Office · 1 entity',
      '  binary_sensor.buro_motion | motion · weight 0.85',
      'Kitchen | Kitchen · 2 entities',
      '  Kitchen Motion | binary_sensor.kitchen_motion · motion · weight 0.85',
      '  media_player.radio | media · weight 0.85',
    ]);
  });

  it('groups by type', async () => {
    expect(await drawTree(entities('type'), 1)).toEqual(['media | 1 entity', 'motion | 2 entities']);
  });

  it.each([
    ['area', { area: 'Büro' }],
    ['type', { type: 'media' }],
  ] as const)('asks for the entities of one %s only, however many others are open', async (groupBy, filter) => {
    const [first] = await entities(groupBy).children(undefined);
    const asked = vi.spyOn(home.reader, 'getEntities');
    expect(await entities(groupBy).children(first)).toHaveLength(1);
    expect(asked.mock.calls).toEqual([[filter]]);
    asked.mockRestore();
  });

  it.each([
    ['RADIO', ['Kitchen | Kitchen · 1 entity', '  media_player.radio | media · weight 0.85']],
    ['kitchen m', ['Kitchen | Kitchen · 1 entity', '  Kitchen Motion | binary_sensor.kitchen_motion · motion · weight 0.85']],
    ['büro', ['Büro | Office · 1 entity', '  binary_sensor.buro_motion | motion · weight 0.85']],
    ['attic', ['No entity matches the filter']],
  ])('narrows to %s', async (filter, rows) => {
    expect(await drawTree(entities('area', filter), 2)).toEqual(rows);
  });

  it('has a row per database where several are open', async () => {
    const other = openHome('other.db', { areas: [], entities: [], intervals: [] });
    const source = new EntitiesTree(
      () => [home, other],
      () => ({ groupBy: 'type', filter: '' }),
    );
    expect(await drawTree(source, 1)).toEqual(['home.db', 'other.db']);
  });
});

describe('Intervals view', () => {
  const intervals = (groupBy: 'area' | 'entity', pageSize = 200, pages = new Pages()): IntervalsTree =>
    new IntervalsTree(
      () => [home],
      () => ({ groupBy, pageSize }),
      pages,
      berlin,
    );

  it('shows local days, newest first, and a day that begins before UTC does', async () => {
    expect(await drawTree(intervals('area'), 3)).toEqual([
      'Büro | Office · 1 entity',
      '  No intervals yet',
      'Kitchen | Kitchen · 2 entities',
      '  Fri, 20 Nov 2026 | 3 intervals',
      '    10:00:00 on | Kitchen Motion · 10 min',
      '    09:00:00 playing | media_player.radio · 4.3 s',
      '    00:00:00 off | Kitchen Motion · 1 h',
      '  Thu, 19 Nov 2026 | 1 interval',
      '    23:59:59 on | Kitchen Motion · 1 min 1 s',
    ]);
  });

  it('groups by entity', async () => {
    expect(await drawTree(intervals('entity'), 2)).toEqual([
      'binary_sensor.buro_motion | motion · weight 0.85',
      '  No intervals yet',
      'Kitchen Motion | binary_sensor.kitchen_motion · motion · weight 0.85',
      '  Fri, 20 Nov 2026 | 2 intervals',
      '  Thu, 19 Nov 2026 | 1 interval',
      'media_player.radio | media · weight 0.85',
      '  Fri, 20 Nov 2026 | 1 interval',
    ]);
  });

  it('leaves the entity out where it is the parent, and says when each ended', async () => {
    expect((await drawTree(intervals('entity'), 3)).slice(-1)).toEqual(['    09:00:00 playing | 4.3 s · until 09:00:04']);
  });

  it('loads page by page', async () => {
    const pages = new Pages();
    const source = intervals('area', 1, pages);
    const [, kitchen] = await source.children(undefined);
    const [friday] = await source.children(kitchen);
    const lines = (): Promise<string[]> => drawTree(source, 1, friday);
    expect(await lines()).toEqual(['10:00:00 on | Kitchen Motion · 10 min', 'Load more | 1 of 3 shown']);
    pages.loadMore((await source.children(friday)).at(-1) as MoreNode);
    expect((await lines()).at(-1)).toBe('Load more | 2 of 3 shown');
    pages.loadMore((await source.children(friday)).at(-1) as MoreNode);
    expect((await lines()).at(-1)).toBe('00:00:00 off | Kitchen Motion · 1 h');
  });
});
