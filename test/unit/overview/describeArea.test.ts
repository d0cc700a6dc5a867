import { describe, expect, it } from 'vitest';
import { Format } from '../../../src/core/format';
import { describeArea } from '../../../src/core/overview/describeArea';
import { explainOnce } from '../../../src/core/overview/explainOnce';
import type { AreaOverview } from '../../../src/core/overview/overviewFacts';
import type { OverviewSection } from '../../../src/core/overview/overviewModel';
import { areaOverview, likely } from './homeOverview';

const format = new Format('en-GB', 'UTC');
const names = new Map([['binary_sensor.kitchen_motion', 'Kitchen Motion']]);

function described(overview: AreaOverview): OverviewSection {
  return describeArea(overview, { names, format });
}

function texts(section: OverviewSection, id: string): string[][] | undefined {
  return section.tables.find((table) => table.id === id)?.rows.map((row) => row.map(({ text }) => text));
}

describe('The overview of an area', () => {
  const section = described(areaOverview());

  it('says what it is for and what was learned of it as a whole', () => {
    expect(section).toMatchObject({ id: 'area:Kitchen', title: 'Kitchen', area: 'Kitchen' });
    expect(section.facts.map(({ value }) => value)).toEqual([
      'Kitchen, half-life 4 min',
      '50%',
      '4%, learned from 1,348 occupied intervals from 23 Oct 2026, 12:06:53 to 20 Nov 2026, 09:30:00',
    ]);
    const legacy = described(areaOverview({ globalPrior: null }));
    expect(legacy.facts[2]?.value).toBe('4%');
    const { area } = areaOverview();
    const unlearned = described(areaOverview({ globalPrior: null, area: { ...area, purpose: 'vault', areaPrior: null } }));
    expect(unlearned.facts.map(({ value }) => value)).toEqual(['vault', '50%', 'not learned yet']);
  });

  it('has its entities with what an active state does to the odds', () => {
    expect(texts(section, 'entities')).toEqual([
      ['Kitchen Motion', 'motion', '0.85', '95%', '1%', '95 : 1'],
      ['binary_sensor.kitchen_window', 'window', '0.85', '20%', '20%', '1 : 1'],
      ['sensor.kitchen_temperature', 'temperature', '0.85', '5%', '20%', '1 : 4'],
    ]);
    const [entities] = section.tables;
    expect(entities?.rows[0]?.[0]).toMatchObject({
      hint: names.keys().next().value,
      subject: { entity: 'binary_sensor.kitchen_motion' },
    });
    expect(entities?.note).toBeUndefined();
  });

  it('says that there are none, or that some are left out', () => {
    expect(described(areaOverview({ entities: [], entityCount: 0 })).tables[0]).toMatchObject({
      rows: [],
      note: 'This area has no entities.',
    });
    const one = described(areaOverview({ entities: [likely('a.b', 'motion', 0.5, 0.5)], entityCount: 2 })).tables[0];
    expect(one).toMatchObject({ note: '1 more entity is left out.', omitted: 1 });
    expect(described(areaOverview({ entityCount: 10_000 })).tables[0]?.note).toBe('9,997 more entities are left out.');
  });

  it('tells likelihoods of states from coefficients of numbers', () => {
    expect(texts(section, 'correlations')).toEqual([
      ['binary_sensor.kitchen_window', '–', 'likelihood', '–', '–', '25%', '50%', ''],
      ['sensor.kitchen_temperature', '-0.5', 'negative', '686', '11.3%', '21.1', '20.6', 'no correlation'],
    ]);
    expect(section.tables[1]?.rows.map((row) => row[1]?.bar)).toEqual([undefined, -0.5]);
  });

  it('joins what the area names as adjacent with what AOD relates it to', () => {
    expect(texts(section, 'neighbours')).toEqual([
      ['Hallway', 'yes', 'adjacent', '30%', '–'],
      ['Büro', 'no', 'above', '10%', '2.5'],
    ]);
  });

  it('has the ways out, and leaves the rare ones away', () => {
    expect(texts(section, 'transitions')).toEqual([
      ['Kitchen', '–', 'Hallway', '27', '75%'],
      ['Kitchen', 'Hallway', 'Büro', '5', '100%'],
    ]);
    const many = Array.from({ length: 22 }, (_, index) => ({
      from: 'Kitchen',
      through: null,
      to: `Room ${index}`,
      count: 1,
      share: 0.05,
    }));
    const table = described(areaOverview({ transitions: many })).tables.at(-1);
    expect(table?.rows).toHaveLength(20);
    expect(table?.note).toBe('2 rarer ways are left out.');
    expect(described(areaOverview({ transitions: [] })).tables.at(-1)).toMatchObject({ rows: [], note: 'None was learned yet.' });
  });

  it('leaves out what the schema does not have', () => {
    const { area } = areaOverview();
    const legacy = described(
      areaOverview({
        area: { ...area, adjacentAreas: [] },
        correlations: [],
        relationships: [],
        transitions: [],
        learnsTransitions: false,
      }),
    );
    expect(legacy.tables.map(({ id }) => id)).toEqual(['entities']);
  });

  it('shows what is no number as it is stored', () => {
    const odd = { ...likely('a.b', 'motion', 0.5, 0.5), weight: 'heavy' as unknown as number };
    expect(texts(described(areaOverview({ entities: [odd] })), 'entities')?.[0]?.[2]).toBe('heavy');
  });

  it('says what a table means where the first of its kind has rows', () => {
    const empty = described(areaOverview({ entities: [], entityCount: 0 }));
    const meanings = explainOnce([empty, section, section]).map(
      ({ tables }) => tables.find(({ id }) => id === 'entities')?.meaning,
    );
    expect(meanings).toEqual([undefined, expect.stringContaining('odds'), undefined]);
  });
});
