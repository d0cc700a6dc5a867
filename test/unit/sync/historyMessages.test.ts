import { describe, expect, it } from 'vitest';
import { HomeAssistantError } from '../../../src/core/errors';
import { historyMessage, readAnswer } from '../../../src/core/sync/historyMessages';
import type { HistoryPiece } from '../../../src/core/sync/historyPieces';

const START = 1_772_446_830_123_456;
const DAY = 86_400_000_000;
const group = { entityIds: ['sensor.heat', 'climate.hall'], attributes: true };
const first: HistoryPiece = { group, from: START, to: START + DAY };
const second: HistoryPiece = { group, from: START + DAY, to: START + 2 * DAY };

/** Unix seconds of so many µs after the start. */
const after = (microseconds: number): number => (START + microseconds) / 1e6;

function read(answer: unknown, piece: HistoryPiece, unitsOf: readonly string[] = []) {
  const request = { entityIds: group.entityIds, start: START, end: START + 2 * DAY, withUnit: new Set(unitsOf) };
  return [...readAnswer(answer, piece, request)];
}

describe('a request for history', () => {
  it('begins at the start with the state in force, and later a little early without', () => {
    expect(historyMessage(first, START)).toMatchObject({
      start_time: '2026-03-02T10:20:30.123456+00:00',
      end_time: '2026-03-03T10:20:30.123456+00:00',
      include_start_time_state: true,
    });
    expect(historyMessage(second, START)).toMatchObject({
      start_time: '2026-03-03T10:20:30.122456+00:00',
      end_time: '2026-03-04T10:20:30.123456+00:00',
      include_start_time_state: false,
    });
  });
});

describe('an answer', () => {
  it('counts the state in force from the start, and of several the last', () => {
    const states = [
      { s: 'off', lu: after(0) },
      { s: 'heat', lu: after(0), lc: after(-5e6) },
      { s: 'cool', lu: after(1e6) },
    ];
    expect(read({ 'climate.hall': states }, first)).toEqual([
      {
        entityId: 'climate.hall',
        changes: [
          { state: 'heat', at: START, unit: null },
          { state: 'cool', at: START + 1e6, unit: null },
        ],
      },
    ]);
  });

  it('keeps every state on the border of a later piece, and none beyond its ends', () => {
    const times = [DAY - 500, DAY, DAY, 2 * DAY - 1, 2 * DAY, 2 * DAY + 1];
    const [batch] = read({ 'sensor.heat': times.map((time) => ({ s: '1', lu: after(time) })) }, second);
    expect(batch?.changes.map(({ at }) => at - START)).toEqual([DAY, DAY, 2 * DAY - 1]);
  });

  it('goes by when a state changed, where that is not when it was written', () => {
    const [batch] = read({ 'climate.hall': [{ s: 'heat', lu: after(2e6), lc: after(1e6) }] }, first);
    expect(batch?.changes).toEqual([{ state: 'heat', at: START + 1e6, unit: null }]);
  });

  it('has no state that changed before the start or after it was written, whatever it says', () => {
    const states = [-1e6, 3e6, 1e300].map((changed, index) => ({ s: 'heat', lu: after((index + 1) * 1e6), lc: after(changed) }));
    const [batch] = read({ 'climate.hall': states }, first);
    expect(batch?.changes.map(({ at }) => at - START)).toEqual([0, 2e6, 3e6]);
  });

  it('counts a state that was written before the start as the one in force, but not in a later piece', () => {
    const early = [after(-2e6), after(0) - 2.4e-7];
    for (const lu of early) expect(read({ 'climate.hall': [{ s: 'heat', lu }] }, first)[0]?.changes[0]?.at).toBe(START);
    expect(read({ 'climate.hall': [{ s: 'heat', lu: after(DAY) - 2.4e-7 }] }, second)).toEqual([]);
  });

  it('has units where they were asked for, as the database keeps them', () => {
    const states = [{ unit_of_measurement: '°C' }, { unit_of_measurement: 7 }, { unit_of_measurement: [] }, null].map(
      (a, index) => ({
        s: '1',
        a,
        lu: after(index + 1),
      }),
    );
    const units = (unitsOf: readonly string[]) =>
      read({ 'sensor.heat': states }, first, unitsOf)[0]?.changes.map(({ unit }) => unit);
    expect(units(['sensor.heat'])).toEqual(['°C', '7', null, null]);
    expect(units([])).toEqual([null, null, null, null]);
  });

  it('is of the entities that were asked for, and may have nothing of them', () => {
    expect(read({ 'light.other': [{ s: 'on', lu: after(1) }], 'sensor.heat': [] }, first)).toEqual([]);
  });

  it.each([
    [null],
    [[]],
    ['text'],
    [{ 'sensor.heat': {} }],
    [{ 'sensor.heat': [null] }],
    [{ 'sensor.heat': [{ s: '1' }] }],
    [{ 'sensor.heat': [{ s: 1, lu: 1 }] }],
    [{ 'sensor.heat': [{ s: '1', lu: 1, lc: 'x' }] }],
  ])('is refused where it is none: %j', (answer) => {
    expect(() => read(answer, first)).toThrow(HomeAssistantError);
  });
});
