import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowLayout } from '../../../src/core/timeline/rowLayout';
import { outlineArea } from '../../../src/core/timeline/timelineOutline';
import { outlineTypes, rowKey, timelineRows } from '../../../src/core/timeline/timelineRows';

const kitchen = outlineArea(
  'Kitchen',
  [
    { entityId: 'sensor.kitchen_temperature', entityType: 'temperature' },
    { entityId: 'binary_sensor.kitchen_motion', entityType: 'motion' },
    { entityId: 'binary_sensor.kitchen_motion', entityType: 'motion' },
  ],
  new Map([['binary_sensor.kitchen_motion', 'Kitchen Motion']]),
);
const office = outlineArea('Büro', [{ entityId: 'light.desk', entityType: 'unknown' }], new Map([['light.desk', 'חיישן תנועה']]));
const outline = { areas: [kitchen, office] };
const all = { text: '', hiddenTypes: [] };

describe('Rows of a timeline', () => {
  it('are grouped by area, each entity once, by type and id, named without what the area says', () => {
    expect(timelineRows(outline, all).map((row) => (row.kind === 'area' ? `# ${row.area} ${row.lanes}` : row.name))).toEqual([
      '# Kitchen 2',
      'Occupied',
      'Motion',
      'kitchen_temperature',
      '# Büro 1',
      'Occupied',
      'חיישן תנועה',
    ]);
    expect(outlineTypes(outline)).toEqual(['motion', 'temperature', 'unknown']);
  });

  it('are filtered by words of names and ids in any case, and by type', () => {
    const names = (text: string, hiddenTypes: string[] = []): string[] =>
      timelineRows(outline, { text, hiddenTypes }).flatMap((row) => (row.kind === 'entity' ? [row.entityId] : []));
    expect(names('MOTION kitchen')).toEqual(['binary_sensor.kitchen_motion']);
    expect(names('תנועה')).toEqual(['light.desk']);
    expect(names('', ['motion', 'unknown'])).toEqual(['sensor.kitchen_temperature']);
    expect(names('nothing')).toEqual([]);
  });

  it('of one entity have neither a head nor an occupied lane', () => {
    const alone = { areas: [outlineArea(null, [{ entityId: 'sensor.x', entityType: 'power' }], new Map())] };
    expect(timelineRows(alone, all)).toMatchObject([{ kind: 'entity', name: 'x', fullName: 'sensor.x', area: null }]);
  });

  it('are found where they are, of 10,000 as of one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 8000 }),
        fc.integer({ min: 1, max: 900 }),
        (count, y, height) => {
          const entities = Array.from({ length: count }, (_, index) => ({ entityId: `sensor.${index}`, entityType: 'door' }));
          const layout = new RowLayout(timelineRows({ areas: [outlineArea('A', entities, new Map())] }, all));
          const index = layout.at(y);
          if (y >= layout.height) expect(index).toBe(-1);
          else {
            expect(layout.top(index)).toBeLessThanOrEqual(y);
            expect(layout.top(index) + layout.heightOf(index)).toBeGreaterThan(y);
            expect(layout.indexOf(rowKey(layout.rows[index]!))).toBe(index);
          }
          const { first, end } = layout.visible(y, height);
          layout.rows.forEach((_, row) => {
            const isSeen = layout.top(row) < y + height && layout.top(row) + layout.heightOf(row) > y;
            if (isSeen) expect(row >= first && row < end).toBe(true);
          });
        },
      ),
    );
    const many = Array.from({ length: 10_000 }, (_, index) => ({ entityId: `sensor.${index}`, entityType: 'door' }));
    const layout = new RowLayout(timelineRows({ areas: [outlineArea('A', many, new Map())] }, all));
    expect(layout.visible(120_000, 600)).toEqual({ first: 4999, end: 5025 });
    expect(layout.nextLane(0, 1)).toBe(1);
    expect(layout.nextLane(1, -1)).toBe(1);
  });
});
