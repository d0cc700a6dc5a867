import type { PlannedInterval, PlannedSample, SyncPlan, SyncReport } from '../../src/library.ts';
import { storedTime } from './stateWalk.mts';

/** A plan whose rows lie in arrays. */
export function arrayPlan(
  intervals: readonly PlannedInterval[],
  samples: readonly PlannedSample[] = [],
  facts: Partial<Pick<SyncReport, 'start' | 'resumes'>> = {},
): SyncPlan {
  const counts = { added: intervals.length, alreadyThere: 0, tooShort: 0, tooLong: 0, unusable: 0, tooOld: 0 };
  return {
    report: {
      source: 'arrays',
      start: '2026-11-20 08:30:00.250000',
      end: '2026-11-24 08:00:00.000000',
      resumes: false,
      states: intervals.length,
      intervals: counts,
      samples: { added: samples.length, alreadyThere: 0 },
      areas: [],
      written: null,
      ...facts,
    },
    intervalCount: intervals.length,
    sampleCount: samples.length,
    interval: (index) => at(intervals, index),
    sample: (index) => at(samples, index),
  };
}

function at<Row>(rows: readonly Row[], index: number): Row {
  const row = rows[index];
  if (!row) throw new RangeError(`There is no row ${index} of ${rows.length}.`);
  return row;
}

/** 2026-11-21 00:00 UTC, µs since the epoch: after all that buildDatabase makes. */
const FROM = Date.UTC(2026, 10, 21) * 1000;
const MINUTE = 60_000_000;

/** `count` intervals of a minute each, one after the other, from the `first` minute on; of a few entities in turn. */
export function plannedIntervals(count: number, { first = 0, entity = 'sensor.planned' } = {}): PlannedInterval[] {
  return Array.from({ length: count }, (_, index) => {
    const minute = first + index;
    return {
      entryId: '01JAODHOMEENTRY00000000000',
      areaName: 'Kitchen',
      entityId: `${entity}_${minute % 7}`,
      state: minute % 2 ? 'on' : 'off',
      startTime: storedTime(FROM + minute * MINUTE),
      endTime: storedTime(FROM + (minute + 1) * MINUTE),
      durationSeconds: 60,
    };
  });
}

export function plannedSamples(count: number): PlannedSample[] {
  return Array.from({ length: count }, (_, index) => ({
    entryId: '01JAODHOMEENTRY00000000000',
    areaName: 'Kitchen',
    entityId: 'sensor.planned_temperature',
    timestamp: storedTime(FROM + index * MINUTE),
    value: 20 + index / 8,
    unit: index % 2 ? '°C' : null,
    state: String(20 + index / 8),
  }));
}
