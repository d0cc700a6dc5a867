import { describe, expect, it } from 'vitest';
import { isEntityId } from '../../../src/core/sync/entityId';
import { groupEntities, halve, historyDays, type HistoryPiece } from '../../../src/core/sync/historyPieces';

const HOUR = 3_600_000_000;
const START = 1_772_446_830_123_456;

function groups(entityIds: readonly string[], withUnit: readonly string[] = []) {
  return groupEntities({ entityIds, withUnit: new Set(withUnit), start: 0, end: 1 });
}

describe('days of history', () => {
  it('are 24 h from the start, the last one shorter', () => {
    expect(historyDays(START, START + 50 * HOUR)).toEqual([
      { from: START, to: START + 24 * HOUR },
      { from: START + 24 * HOUR, to: START + 48 * HOUR },
      { from: START + 48 * HOUR, to: START + 50 * HOUR },
    ]);
    expect(historyDays(START, START + 24 * HOUR)).toHaveLength(1);
  });

  it('are none where the start is not before the end', () => {
    expect(historyDays(START, START)).toEqual([]);
    expect(historyDays(START + 1, START)).toEqual([]);
  });
});

describe('groups of entities', () => {
  it('hold each entity once, 50 at most, attributes only where they count', () => {
    const lights = Array.from({ length: 101 }, (_, index) => `light.lamp_${index}`);
    const found = groups([...lights, 'sensor.heat', 'climate.hall', 'climate.hall', 'no id'], ['sensor.heat']);
    expect(found.map(({ entityIds, attributes }) => [entityIds.length, attributes])).toEqual([
      [2, true],
      [50, false],
      [50, false],
      [1, false],
    ]);
    expect(found[0]?.entityIds).toEqual(['sensor.heat', 'climate.hall']);
  });

  it('are none without a valid entity', () => {
    expect(groups(['no id', ''])).toEqual([]);
  });
});

describe('a piece that is too large', () => {
  it('is halved by entities, then by time, until a second is left', () => {
    const piece: HistoryPiece = { group: { entityIds: ['a.a', 'b.b', 'c.c'], attributes: true }, from: START, to: START + HOUR };
    const [left, right] = halve(piece) ?? [];
    expect([left?.group.entityIds, right?.group.entityIds]).toEqual([['a.a', 'b.b'], ['c.c']]);
    expect(right).toMatchObject({ group: { attributes: true }, from: START, to: START + HOUR });
    const [earlier, later] = (right && halve(right)) ?? [];
    expect([earlier?.from, earlier?.to, later?.from, later?.to]).toEqual([
      START,
      START + HOUR / 2,
      START + HOUR / 2,
      START + HOUR,
    ]);
    expect(halve({ ...piece, group: { entityIds: ['a.a'], attributes: true }, to: START + 1_500_000 })).toBeUndefined();
  });
});

describe('the id of an entity', () => {
  it.each(['light.one', 'binary_sensor.2nd_floor', 'sensor.a', '1.1', 'light.buero'])('is %s', (text) => {
    expect(isEntityId(text)).toBe(true);
  });

  it.each([
    '',
    'light',
    'light.',
    '.one',
    'Light.one',
    'light.one two',
    'light._one',
    'light.one_',
    '_light.one',
    'light.o__e',
    'a.b.c',
    'light.büro',
  ])('is not %j', (text) => {
    expect(isEntityId(text)).toBe(false);
  });
});
