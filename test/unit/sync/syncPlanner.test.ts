import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlannedRows } from '../../../src/core/sync/plannedRows';
import { reportPlan } from '../../../src/core/sync/reportPlan';
import type { StateBatch, StateChange } from '../../../src/core/sync/stateSource';
import type { SyncEntity } from '../../../src/core/sync/syncEntities';
import type { SyncPlan } from '../../../src/core/sync/syncPlan';
import { SyncPlanner } from '../../../src/core/sync/syncPlanner';
import { SECOND_US, utcMicroseconds } from '../../../src/core/time';

const NOW = utcMicroseconds('2026-11-20 09:30:00.250001');

const kitchen = { areaName: 'Kitchen', entryId: 'one' };
const attic = { areaName: 'Attic', entryId: 'two' };

const ENTITIES: readonly SyncEntity[] = [
  { entityId: 'binary_sensor.motion', area: kitchen, sampleArea: null },
  { entityId: 'sensor.co2', area: attic, sampleArea: kitchen },
  { entityId: 'sensor.silent', area: attic, sampleArea: attic },
  { entityId: 'sensor.temperature', area: kitchen, sampleArea: kitchen },
];

function runOut<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

function planOf(batches: readonly StateBatch[]): SyncPlan {
  const planner = new SyncPlanner(ENTITIES, NOW);
  for (const batch of batches) planner.add(batch);
  planner.end();
  const order = { intervals: runOut(planner.intervals.inOrder()), samples: runOut(planner.samples.inOrder()) };
  const about = { source: 'test', start: '', end: '', resumes: false };
  return new PlannedRows(planner, order, reportPlan(planner, about));
}

function rowsOf(plan: SyncPlan) {
  return {
    intervals: Array.from({ length: plan.intervalCount }, (_, index) => plan.interval(index)),
    samples: Array.from({ length: plan.sampleCount }, (_, index) => plan.sample(index)),
  };
}

const steps = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 10 * SECOND_US }),
  fc.integer({ min: 1, max: 60_000 * SECOND_US }),
  fc.integer({ min: 1, max: 40_000_000 * SECOND_US }),
);
const states = fc.constantFrom('on', 'off', 'unknown', 'NaN', '', 'nan', 'inf', '21.5', ' 1_0 ', 'Büro 🏠', null);
const changes = fc.array(fc.tuple(steps, states, fc.constantFrom('°C', null)), { maxLength: 30 }).map((list): StateChange[] => {
  let at = NOW;
  const back = list.map(([step, state, unit]) => ({ state, unit, at: (at -= step) }));
  return back.toReversed();
});
const histories = fc
  .array(changes, { minLength: 3, maxLength: 3 })
  .map((all): StateBatch[] =>
    all.map((list, index) => ({ entityId: ENTITIES[index === 2 ? 3 : index]?.entityId ?? '', changes: list })),
  );

describe('the planner', () => {
  it('accounts for every state, and reports as many rows as there are', () => {
    fc.assert(
      fc.property(histories, (batches) => {
        const { report, intervalCount, sampleCount } = planOf(batches);
        expect(report.states).toBe(batches.reduce((sum, batch) => sum + batch.changes.length, 0));
        const { intervals, samples } = report;
        expect(Object.values(intervals).reduce((sum, count) => sum + count, 0)).toBe(report.states);
        expect([intervals.added, samples.added]).toEqual([intervalCount, sampleCount]);
        const parts = report.areas.flatMap(({ entities }) => entities);
        expect(parts.map(({ entityId }) => entityId).toSorted()).toEqual(ENTITIES.map(({ entityId }) => entityId));
        for (const name of ['added', 'alreadyThere', 'tooShort', 'tooLong', 'unusable', 'tooOld'] as const) {
          expect(parts.reduce((sum, part) => sum + part.intervals[name], 0)).toBe(intervals[name]);
          expect(report.areas.reduce((sum, area) => sum + area.intervals[name], 0)).toBe(intervals[name]);
        }
      }),
    );
  });

  it('plans the same however the states are cut into pieces', () => {
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.integer({ min: 0, max: 2 })), (batches, choices) => {
        const left = batches.map(({ entityId, changes: list }) => ({ entityId, changes: [...list] }));
        const pieces: StateBatch[] = [];
        for (const choice of choices) {
          if (left.every(({ changes: list }) => list.length === 0)) break;
          const one = left[choice];
          if (one) pieces.push({ entityId: one.entityId, changes: one.changes.splice(0, 1 + choice) });
        }
        const [whole, cut] = [planOf(batches), planOf(pieces)];
        expect(rowsOf(cut)).toEqual(rowsOf(whole));
        expect(cut.report).toEqual(whole.report);
      }),
    );
  });

  it('never plans a key twice, and previews the first and the last row of an entity', () => {
    fc.assert(
      fc.property(histories, (batches) => {
        const plan = planOf(batches);
        const { intervals, samples } = rowsOf(plan);
        const keys = intervals.map(({ entityId, startTime, endTime }) => `${entityId} ${startTime} ${endTime}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(new Set(samples.map(({ entityId, timestamp }) => `${entityId} ${timestamp}`)).size).toBe(samples.length);
        for (const { entityId, first, last } of plan.report.areas.flatMap(({ entities }) => entities)) {
          const own = intervals.filter((row) => row.entityId === entityId);
          const preview = own.map(({ state, startTime, endTime, durationSeconds }) => ({
            state,
            startTime,
            endTime,
            durationSeconds,
          }));
          expect([first, last]).toEqual([preview[0] ?? null, preview.length > 1 ? preview.at(-1) : null]);
        }
      }),
    );
  });

  it('books samples on the area in which the type is numeric, in order of areas by name', () => {
    const at = NOW - 60 * SECOND_US;
    const plan = planOf([{ entityId: 'sensor.co2', changes: [{ state: '700', at, unit: 'ppm' }] }]);
    const shared = { entityId: 'sensor.co2', state: '700' };
    expect(rowsOf(plan)).toEqual({
      intervals: [
        {
          ...shared,
          entryId: 'two',
          areaName: 'Attic',
          startTime: '2026-11-20 09:29:00.250001',
          endTime: '2026-11-20 09:30:00.250001',
          durationSeconds: 60,
        },
      ],
      samples: [
        { ...shared, entryId: 'one', areaName: 'Kitchen', timestamp: '2026-11-20 09:29:00.250001', value: 700, unit: 'ppm' },
      ],
    });
    expect(plan.report.areas.map(({ areaName }) => areaName)).toEqual(['Attic', 'Kitchen']);
    expect(() => plan.interval(1)).toThrow(RangeError);
    expect(() => plan.sample(-1)).toThrow(RangeError);
  });

  it('takes no notice of an entity that nobody asked for, and refuses states out of order', () => {
    expect(planOf([{ entityId: 'light.other', changes: [{ state: 'on', at: 0, unit: null }] }]).report.states).toBe(0);
    const backwards = [NOW - 1, NOW - 2].map((at) => ({ state: 'on', at, unit: null }));
    expect(() => planOf([{ entityId: 'sensor.co2', changes: backwards }])).toThrow('order of time');
  });
});

describe('a plan of many rows', () => {
  const COUNT = 50_000;
  const many = (entityId: string, phase: number): StateBatch => ({
    entityId,
    changes: Array.from({ length: COUNT }, (_, index) => ({
      state: (index / 1000 + phase).toFixed(3),
      at: NOW - (COUNT - index) * 10 * SECOND_US - phase,
      unit: '°C',
    })),
  });

  it('keeps each state as it was', () => {
    const batch = many('sensor.temperature', 0);
    const { samples } = rowsOf(planOf([batch]));
    expect(samples.map(({ state }) => state)).toEqual(batch.changes.map(({ state }) => state));
    expect(samples.map(({ value }) => value)).toEqual(batch.changes.map(({ state }) => Number(state)));
  });

  it('goes through time window by window, and by entity in each', () => {
    const { intervals } = rowsOf(planOf([many('sensor.temperature', 1), many('sensor.co2', 2)]));
    expect(intervals).toHaveLength(2 * COUNT);
    const switches = intervals.filter(({ entityId }, index) => index > 0 && entityId !== intervals[index - 1]?.entityId);
    expect(switches.length).toBe(2 * 10 - 1);
    // No window begins before the one before it ends.
    let reached = '';
    for (let from = 0; from < intervals.length; from += 20_000) {
      const starts = intervals
        .slice(from, from + 20_000)
        .map(({ startTime }) => startTime)
        .toSorted();
      expect((starts[0] ?? '') >= reached.slice(0, 18)).toBe(true);
      reached = starts.at(-1) ?? '';
    }
  });
});
