import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../../../src/core/check/checkReport';
import type { OccupancyReader } from '../../../src/core/database/occupancyReader';
import { Format } from '../../../src/core/format';
import type { Interval, IntervalQuery } from '../../../src/core/model';
import { areasAnswer } from '../../../src/core/tools/areasAnswer';
import { checkAnswer, checkChoice } from '../../../src/core/tools/checkAnswer';
import { fitList } from '../../../src/core/tools/fitList';
import { timelineAnswer } from '../../../src/core/tools/timelineAnswer';
import { optionalTime } from '../../../src/core/tools/toolInput';
import { area, entity } from '../tree/homeReader';

const home = {
  areas: [area('Büro', 'working'), area('Kitchen', 'food_prep'), area('Hallway', 'passageway')],
  entities: [entity('Kitchen', 'sensor.a', 'power'), entity('Kitchen', 'sensor.b', 'motion'), entity('Büro', 'sensor.c', 'door')],
  names: { areas: new Map(), entities: new Map([['sensor.a', 'Oven']]) },
};

interface Omitted {
  readonly omitted?: { readonly count?: number; readonly how: string };
}
type Areas = Omitted & { readonly areas: readonly { readonly area: string; readonly entityCount: number }[] };
type OneArea = Omitted & { readonly entities: readonly { readonly entity: string; readonly name: string | null }[] };

describe('get_areas', () => {
  it('lists areas, and how to get those that were left out', () => {
    const first = areasAnswer(home, { limit: 2 }) as Areas;
    expect(first.areas.map((one) => [one.area, one.entityCount])).toEqual([
      ['Büro', 1],
      ['Kitchen', 2],
    ]);
    expect(first.omitted).toEqual({ count: 1, how: expect.stringContaining('"after": "Kitchen"') });
    const rest = areasAnswer(home, { limit: 2, after: 'Kitchen' }) as Areas;
    expect(rest.areas.map((one) => one.area)).toEqual(['Hallway']);
    expect(rest.omitted).toBeUndefined();
  });

  it('tells of one area, by name or id in any case, with its entities', () => {
    for (const name of ['Kitchen', 'kitchen', ' KITCHEN ']) {
      const { entities } = areasAnswer(home, { area: name }) as OneArea;
      expect(entities).toMatchObject([
        { entity: 'sensor.a', name: 'Oven', probGivenTrue: 0.8 },
        { entity: 'sensor.b', name: null },
      ]);
    }
    const { entities, omitted } = areasAnswer(home, { area: 'Kitchen', limit: 1 }) as OneArea;
    expect(entities).toHaveLength(1);
    expect(omitted?.how).toContain('"after": "sensor.a"');
  });

  it.each([
    [{ area: 'Attic' }, 'The areas are: Büro, Kitchen, Hallway.'],
    [{ area: 7 }, 'Pass `area` as a string'],
    [{ limit: 0 }, 'Pass such a number'],
    [{ limit: 'many' }, 'Pass such a number'],
    [{ after: 'Attic' }, 'Pass the last name'],
  ])('says to a model that passes %j what to pass', (input, step) => {
    expect(() => areasAnswer(home, input)).toThrow(
      expect.objectContaining({ code: 'INVALID_DATA', nextStep: expect.stringContaining(step) }),
    );
  });

  it('is bounded however large the home is', () => {
    const areas = Array.from({ length: 50 }, (_, index) => area(`${index} ${'x'.repeat(2000)}`, 'working'));
    const answer = areasAnswer({ ...home, areas }, { limit: 50 }) as Areas;
    expect(JSON.stringify(answer).length).toBeLessThan(20_000);
    expect(answer.areas.length + (answer.omitted?.count ?? 0)).toBe(50);
    expect(fitList(['x'.repeat(99_999), 'y'])).toHaveLength(1);
  });
});

describe('get_area_timeline', () => {
  const NOW = Date.UTC(2026, 10, 24, 8);
  const rows: readonly Interval[] = [3, 2, 1].map((id) => ({
    id,
    entityId: 'sensor.b',
    areaName: 'Kitchen',
    state: 'on',
    startTime: `2026-11-24 0${id}:00:00.000001`,
    endTime: `2026-11-24 0${id}:01:00.500000`,
    durationSeconds: 60.499_999,
    aggregationLevel: 'raw',
  }));
  const asked: IntervalQuery[] = [];
  const reader = {
    getAreas: async () => home.areas,
    getEntities: async () => home.entities,
    getOccupiedSpan: async () => ({
      occupiedSeconds: 181,
      occupiedIntervals: 3,
      rows: { count: 3, capped: false },
      lastEndTime: null,
    }),
    getIntervals: async (query: IntervalQuery) => {
      asked.push(query);
      const after = query.after?.id ?? 99;
      return rows.filter(({ id }) => id < after).slice(0, query.limit);
    },
  } as unknown as OccupancyReader;
  type Answer = Omitted & { readonly intervals: readonly { readonly start: string }[] };

  it('tells of the last day, newest first', async () => {
    expect(await timelineAnswer(reader, { area: 'kitchen' }, NOW)).toMatchObject({
      area: 'Kitchen',
      from: '2026-11-23T08:00:00.000000Z',
      to: '2026-11-24T08:00:00.000000Z',
      occupiedSeconds: 181,
      intervals: [
        {
          entity: 'sensor.b',
          type: 'motion',
          state: 'on',
          active: true,
          start: '2026-11-24T03:00:00.000001Z',
          seconds: 60.499_999,
        },
        {},
        {},
      ],
    });
  });

  it('goes on where the answer before ended', async () => {
    const first = (await timelineAnswer(reader, { area: 'Kitchen', limit: 2 }, NOW)) as Answer;
    expect(first.intervals).toHaveLength(2);
    const [, cursor = ''] = /"cursor": "([^"]+)"/.exec(first.omitted?.how ?? '') ?? [];
    const rest = (await timelineAnswer(reader, { area: 'Kitchen', limit: 2, cursor }, NOW)) as Answer;
    expect(rest.intervals.map(({ start }) => start)).toEqual(['2026-11-24T01:00:00.000001Z']);
    expect(rest.omitted).toBeUndefined();
  });

  it('reads times with an offset, and those without as UTC', async () => {
    await timelineAnswer(reader, { area: 'Kitchen', from: '2026-11-24T08:00:00+01:00', to: '2026-11-24 07:30' }, NOW);
    expect(asked.at(-1)).toMatchObject({ from: '2026-11-24 07:00:00.000000', to: '2026-11-24 07:30:00.000000' });
    expect(optionalTime({ at: '2026-11-24' }, 'at')).toBe('2026-11-24 00:00:00.000000');
  });

  it.each([
    [{}, 'get_areas lists them'],
    [{ area: 'Kitchen', from: 'yesterday' }, 'ISO 8601, such as'],
    [{ area: 'Kitchen', from: '2026-13-45' }, 'ISO 8601, such as'],
    [{ area: 'Kitchen', from: '2026-11-25' }, 'Pass an earlier `from`'],
    [{ area: 'Kitchen', cursor: 'next' }, 'Pass the cursor of the answer before unchanged'],
  ])('says to a model that passes %j what to pass', async (input, step) => {
    await expect(timelineAnswer(reader, input, NOW)).rejects.toMatchObject({ nextStep: expect.stringContaining(step) });
  });
});

describe('check_database', () => {
  const finding = (rule: 'conflicts' | 'missingPriors', severity: 'warning' | 'info') => ({
    rule,
    severity,
    count: { count: 5, capped: false },
    examples: ['Kitchen', 'Büro'].map((areaName) => ({ kind: 'area' as const, areaName, value: null })),
  });
  const report = {
    info: { path: '/home/area_occupancy.db' },
    intervals: 12,
    findings: [finding('conflicts', 'warning'), finding('missingPriors', 'info')],
  } as unknown as CheckReport;
  const format = new Format('en', 'UTC');

  it('tells the gravest first, with as many examples as were asked for', () => {
    const answer = checkAnswer(report, checkChoice({ examples: 1 }), format);
    expect(answer).toMatchObject({
      summary: '1 warning, 1 note.',
      findings: [{ severity: 'warning', rows: 5 }, { severity: 'info' }],
    });
    expect((answer as { findings: { examples: string[] }[] }).findings.map(({ examples }) => examples.length)).toEqual([1, 1]);
  });

  it('says what it left out', () => {
    expect(checkAnswer(report, checkChoice({ severity: 'warning' }), format)).toMatchObject({
      findings: [{ severity: 'warning' }],
      omitted: { count: 1 },
    });
    expect(() => checkChoice({ severity: 'fatal' })).toThrow(/none of info, warning, error/);
  });
});
