import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../src/core/displayWidth';
import { Format } from '../../../src/core/format';
import { describeArea } from '../../../src/core/overview/describeArea';
import { describeDatabase } from '../../../src/core/overview/describeDatabase';
import { readOverviewAddress, writeOverviewAddress } from '../../../src/core/overview/overviewAddress';
import { overviewCellAt, plotOverview } from '../../../src/core/overview/plotOverview';
import { areaOverview, databaseOverview, likely, lock, NOW } from './homeOverview';

const format = new Format('en-GB', 'UTC');
const names = new Map([
  ['binary_sensor.kitchen_motion', 'חיישן תנועה במטבח'],
  ['binary_sensor.kitchen_window', '台所の人感センサー台所の人感センサー'],
  ['sensor.kitchen_temperature', 'The thermometer beside the window over the sink'],
]);

const kitchen = describeArea(areaOverview(), { names, format });
const database = describeDatabase(databaseOverview(), { name: 'area_occupancy.db', lock: lock('stale'), now: NOW, format });

describe('An overview as text', () => {
  const plot = plotOverview([database, kitchen]);
  const lines = plot.text.split('\n');

  it('has the sections under each other', () => {
    expect(lines.slice(0, 4)).toEqual([
      'area_occupancy.db',
      '─────────────────',
      'Path             /config/.storage/area_occupancy.db',
      'Version          18: Area Occupancy Detection from 2026.7.1, one entry for the whole home',
    ]);
    expect(lines).toContain('  intervals  10,000+');
    expect(lines).toContain('Kitchen');
    expect(lines).toContain('  How likely each is active while the area is occupied, and while it is empty. The ratio of the');
    expect(plot.spans.some(({ kind, line }) => kind === 'overlap' && lines[line]?.includes('The lock is stale'))).toBe(true);
  });

  it('keeps the columns under each other, whatever the names are written in', () => {
    const rows = lines.filter((line) => /\d+ : \d+/.test(line));
    expect(rows).toHaveLength(3);
    const middles = rows.map((line) => displayWidth(line.slice(0, line.indexOf('│'))));
    expect(new Set(middles).size).toBe(1);
    expect(rows[0]).toMatch(/95 : 1 +│█{6}$/);
    expect(rows[1]).toMatch(/1 : 1 +│$/);
    expect(rows[2]).toMatch(/1 : 4 +██│$/);
    for (const line of lines) expect(displayWidth(line), line).toBeLessThan(130);
  });

  it('gives an uneven name a span of its own', () => {
    const uneven = plot.spans
      .filter(({ kind }) => kind === 'unevenName')
      .map(({ line, start, end }) => lines[line]?.slice(start, end));
    expect(uneven).toContainEqual(expect.stringContaining('חיישן תנועה במטבח'));
    for (const name of uneven) expect(displayWidth(name ?? '')).toBe(21);
  });

  it('knows the cell at a place', () => {
    const line = lines.findIndex((text) => text.includes('95 : 1'));
    expect(overviewCellAt(plot, line, 3)).toMatchObject({ subject: { entity: 'binary_sensor.kitchen_motion' } });
    expect(overviewCellAt(plot, line, lines[line]!.indexOf('95 : 1'))?.hint).toMatch(/^Supports occupied/);
    expect(overviewCellAt(plot, line, 0)).toBeUndefined();
    expect(overviewCellAt(plot, 0, 0)).toBeUndefined();
  });

  it('has no rows and no labels where there are none', () => {
    const bare = describeArea(areaOverview({ entities: [], entityCount: 0 }), { names, format });
    const { text } = plotOverview([{ ...bare, tables: bare.tables.slice(0, 1) }]);
    expect(text.split('\n').slice(-4)).toEqual(['', 'Entities', '  This area has no entities.', '']);
  });

  it('breaks no line at a control character in a name', () => {
    const hostile = describeArea(areaOverview({ entities: [likely('a.b', 'mo\ntion\u202E', 0.5, 0.1)] }), { names, format });
    const { text } = plotOverview([hostile]);
    expect(text).toContain('mo tion');
  });
});

describe('The address of an overview', () => {
  it.each([
    { database: '/config/.storage/area_occupancy.db', area: null },
    { database: 'C:\\a & b\\area_occupancy.db', area: 'Büro = “x”?' },
  ])('is read as it was written: %o', (address) => {
    expect(readOverviewAddress(writeOverviewAddress(address))).toEqual(address);
  });

  it('is none without a database', () => {
    expect(readOverviewAddress('area=Kitchen')).toBeUndefined();
    expect(readOverviewAddress('')).toBeUndefined();
  });
});
