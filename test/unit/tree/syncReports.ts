import type {
  AreaSync,
  EntitySync,
  IntervalCounts,
  PreviewRow,
  SampleCounts,
  SyncReport,
} from '../../../src/core/sync/syncReport';
import { utcMilliseconds, utcText } from '../../../src/core/time';

const noIntervals: IntervalCounts = { added: 0, alreadyThere: 0, tooShort: 0, tooLong: 0, unusable: 0, tooOld: 0 };
const noSamples: SampleCounts = { added: 0, alreadyThere: 0 };

export interface EntityCounts {
  readonly states?: number;
  readonly intervals?: Partial<IntervalCounts>;
  readonly samples?: Partial<SampleCounts>;
  readonly first?: PreviewRow;
  readonly last?: PreviewRow;
}

export function previewRow(state: string, startTime: string, durationSeconds: number): PreviewRow {
  return { state, startTime, endTime: utcText(utcMilliseconds(startTime) + durationSeconds * 1000), durationSeconds };
}

export function entitySync(entityId: string, { intervals, samples, first, last, states = 9 }: EntityCounts = {}): EntitySync {
  return {
    entityId,
    states,
    intervals: { ...noIntervals, ...intervals },
    samples: { ...noSamples, ...samples },
    first: first ?? null,
    last: last ?? null,
  };
}

export function areaSync(areaName: string, ...entities: readonly EntitySync[]): AreaSync {
  return { areaName, ...sums(entities), entities };
}

export function syncReport(...areas: readonly AreaSync[]): SyncReport {
  return {
    source: 'a recorder',
    start: '2026-11-20 08:00:00.000000',
    end: '2026-11-20 12:00:00.000000',
    resumes: false,
    states: areas.flatMap(({ entities }) => entities).reduce((sum, { states }) => sum + states, 0),
    ...sums(areas),
    areas,
    written: null,
  };
}

type Counted = Pick<EntitySync, 'intervals' | 'samples'>;

function sums(parts: readonly Counted[]): Counted {
  const sum = <T extends object>(zero: T, counts: readonly T[]): T =>
    Object.fromEntries(
      Object.keys(zero).map((key) => [key, counts.reduce((total, each) => total + Number(each[key as keyof T]), 0)]),
    ) as T;
  return {
    intervals: sum(
      noIntervals,
      parts.map(({ intervals }) => intervals),
    ),
    samples: sum(
      noSamples,
      parts.map(({ samples }) => samples),
    ),
  };
}
