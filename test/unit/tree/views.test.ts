import { describe, expect, it, vi } from 'vitest';
import { AreasTree } from '../../../src/core/tree/areasTree';
import { EntitiesTree } from '../../../src/core/tree/entitiesTree';
import { Format } from '../../../src/core/format';
import type { IntervalDay } from '../../../src/core/model';
import { describeFilter, noIntervalsFilter, type IntervalsFilter } from '../../../src/core/tree/intervalsFilter';
import { databaseNode } from '../../../src/core/tree/databaseRows';
import { IntervalsTree } from '../../../src/core/tree/intervalsTree';
import type { MoreNode } from '../../../src/core/tree/nodes';
import type { OpenDatabase } from '../../../src/core/tree/openDatabase';
import { Pages } from '../../../src/core/tree/pages';
import { present } from '../../../src/core/tree/present';
import { info } from '../overview/homeOverview';
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

describe('A snapshot', () => {
  const snapshotAt = Date.UTC(2026, 10, 20, 9, 3, 22);
  const reason = 'It is a snapshot, since the file lies on a network mount.';
  const snapshot = { ...home, info: info({ snapshotAt, readOnly: true, reason }) };

  it('is named with its time in the row of the database, and in each view', async () => {
    const lines = await drawTree(new AreasTree(() => [snapshot], clock, berlin), 2);
    const notice = `Snapshot of 10:03:22 | ${reason}`;
    expect(lines.slice(0, 2)).toEqual(['home.db | snapshot of 10:03:22, AOD schema 18', `  ${notice}`]);
    const entities = new EntitiesTree(
      () => [snapshot],
      () => ({ groupBy: 'area', filter: '' }),
    );
    expect((await drawTree(entities, 1))[0]).toBe(notice);
  });

  it('offers no sync, and nothing of the lock where the file has no path', () => {
    const abilities = (database: OpenDatabase): readonly string[] =>
      present(databaseNode(database), new Format('en-GB', berlin)).abilities;
    expect(abilities({ ...home, info: info() })).toEqual(expect.arrayContaining(['canSync', 'canShowLock']));
    expect(abilities(snapshot)).toContain('canShowLock');
    expect(abilities(snapshot)).not.toContain('canSync');
    expect(abilities({ ...snapshot, path: 'memfs:/home.db' })).not.toContain('canShowLock');
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
  const intervals = (
    groupBy: 'area' | 'entity',
    pageSize = 200,
    pages = new Pages(),
    filter = noIntervalsFilter,
  ): IntervalsTree =>
    new IntervalsTree(
      () => [home],
      () => ({ groupBy, pageSize, filter }),
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

describe('Intervals view, narrowed', () => {
  const drawn = (groupBy: 'area' | 'entity', filter: Partial<IntervalsFilter>, depth: number): Promise<string[]> => {
    const options = { groupBy, pageSize: 200, filter: { ...noIntervalsFilter, ...filter } };
    return drawTree(
      new IntervalsTree(
        () => [home],
        () => options,
        new Pages(),
        berlin,
      ),
      depth,
    );
  };

  it('by a text, which may be part of a name', async () => {
    expect(await drawn('area', { text: 'KITCHEN MOT' }, 3)).toEqual([
      'Kitchen | Kitchen · 1 entity',
      '  Fri, 20 Nov 2026 | 2 intervals',
      '    10:00:00 on | Kitchen Motion · 10 min',
      '    00:00:00 off | Kitchen Motion · 1 h',
      '  Thu, 19 Nov 2026 | 1 interval',
      '    23:59:59 on | Kitchen Motion · 1 min 1 s',
    ]);
  });

  it('by type and area', async () => {
    expect(await drawn('entity', { types: ['media'], areas: ['Kitchen'] }, 1)).toEqual([
      'media_player.radio | media · weight 0.85',
    ]);
    expect(await drawn('entity', { types: ['motion'], areas: ['Büro'] }, 1)).toEqual([
      'binary_sensor.buro_motion | motion · weight 0.85',
    ]);
  });

  it('by states and groups of them', async () => {
    expect((await drawn('area', { states: ['off'] }, 3)).slice(2)).toEqual([
      'Kitchen | Kitchen · 2 entities',
      '  Fri, 20 Nov 2026 | 1 interval',
      '    00:00:00 off | Kitchen Motion · 1 h',
    ]);
    expect((await drawn('area', { states: ['off'], activities: ['active'] }, 2)).slice(2)).toEqual([
      'Kitchen | Kitchen · 2 entities',
      '  Fri, 20 Nov 2026 | 3 intervals',
      '  Thu, 19 Nov 2026 | 1 interval',
    ]);
    expect((await drawn('area', { activities: ['active', 'inactive'] }, 2)).slice(1, 2)).toEqual(['  No intervals yet']);
  });

  it('says so where nothing is left', async () => {
    expect(await drawn('area', { text: 'cellar' }, 1)).toEqual(['No entity matches the filter']);
    expect((await drawn('area', { states: ['opening'] }, 2)).slice(1, 2)).toEqual(['  No interval matches the filter']);
  });

  it('says how far it was searched where the search rests', async () => {
    const searched = async (): Promise<readonly IntervalDay[]> => [
      { day: '2026-11-03', from: '', to: '', count: { count: 0, capped: false } },
    ];
    const resting = { ...home, reader: { ...home.reader, getIntervalDays: searched } };
    const options = { groupBy: 'area' as const, pageSize: 200, filter: { ...noIntervalsFilter, states: ['jammed'] } };
    const source = new IntervalsTree(
      () => [resting],
      () => options,
      new Pages(),
      berlin,
    );
    const [, kitchen] = await source.children(undefined);
    expect(await drawTree(source, 1, kitchen)).toEqual([
      'No interval matches the filter',
      'Load more | searched back to Tue, 3 Nov 2026',
    ]);
  });

  it('says in a few words what it is narrowed to', () => {
    expect(describeFilter(noIntervalsFilter)).toBe('');
    const filter = { text: 'kit', areas: ['Büro'], types: ['motion'], states: ['on'], activities: ['inactive'] } as const;
    expect(describeFilter(filter)).toBe('“kit”, Büro, motion, inactive, on');
  });
});

describe('Areas view, narrowed', () => {
  const drawn = (filter: string): Promise<string[]> =>
    drawTree(
      new AreasTree(
        () => [home],
        clock,
        berlin,
        () => ({ filter }),
      ),
      2,
    ).then((lines) => lines.slice(1).map((line) => line.trim()));

  it('by part of a name or of a purpose', async () => {
    expect(await drawn('büR')).toEqual(['Büro | Office · 1 entity']);
    expect(await drawn('offi')).toEqual(['Büro | Office · 1 entity']);
    expect(await drawn('attic')).toEqual(['No area matches the filter']);
  });
});
