import type { OccupancyReader } from '../../../src/core/database/occupancyReader';
import type { FriendlyNames } from '../../../src/core/friendlyNames';
import { isActive } from '../../../src/core/activeStates';
import type { Area, Entity, Interval, IntervalFilter } from '../../../src/core/model';
import type { OpenDatabase } from '../../../src/core/tree/openDatabase';
import { dayStart, localDay, utcMilliseconds, utcText } from '../../../src/core/time';

const STAMP = '2026-11-20 09:30:00.250000';

export function area(areaName: string, purpose: string): Area {
  return {
    entryId: 'entry',
    areaName,
    areaId: areaName.toLowerCase(),
    purpose,
    threshold: 0.5,
    areaPrior: 0.0402,
    adjacentAreas: [],
    createdAt: STAMP,
    updatedAt: STAMP,
  };
}

export function entity(areaName: string, entityId: string, entityType: string): Entity {
  return {
    entryId: 'entry',
    areaName,
    entityId,
    entityType,
    weight: 0.85,
    probGivenTrue: 0.8,
    probGivenFalse: 0.05,
    isShared: false,
    sharedWithAreas: [],
    isDecaying: false,
    decayStart: null,
    evidence: false,
    lastUpdated: STAMP,
    createdAt: STAMP,
  };
}

export function interval(
  id: number,
  areaName: string,
  entityId: string,
  state: string,
  startTime: string,
  seconds: number,
): Interval {
  const endTime = utcText(utcMilliseconds(startTime) + seconds * 1000);
  return { id, areaName, entityId, state, startTime, endTime, durationSeconds: seconds, aggregationLevel: 'raw' };
}

export interface HomeContent {
  readonly areas: readonly Area[];
  readonly entities: readonly Entity[];
  readonly intervals: readonly Interval[];
  readonly names?: Readonly<Record<string, string>>;
}

/** A small home in memory that answers as a database does. */
export function homeReader(home: HomeContent): OccupancyReader & { getFriendlyNames(): Promise<FriendlyNames> } {
  const lets = ({ entities, states = [], activity }: IntervalFilter, { entityId, state }: Interval): boolean => {
    const type = home.entities.find((known) => known.entityId === entityId)?.entityType ?? 'unknown';
    const isOfGroup = activity !== undefined && isActive(type, state) === (activity === 'active');
    const isAnyState = states.length === 0 && activity === undefined;
    return (entities?.includes(entityId) ?? true) && (isAnyState || states.includes(state) || isOfGroup);
  };
  const newestFirst = (of: { area?: string; entity?: string; filter?: IntervalFilter }): Interval[] =>
    home.intervals
      .filter(({ areaName, entityId }) => (of.area ?? areaName) === areaName && (of.entity ?? entityId) === entityId)
      .filter((row) => lets(of.filter ?? {}, row))
      .toSorted((a, b) => (a.startTime < b.startTime ? 1 : -1));
  return {
    describe: () => Promise.reject(new Error('The trees do not ask for this.')),
    getAreas: async () => home.areas,
    getEntities: async ({ area: of, type } = {}) =>
      home.entities.filter(({ areaName, entityType }) => (of ?? areaName) === areaName && (type ?? entityType) === entityType),
    getIntervals: async ({ limit, from = '', to = '~', ...of }) =>
      newestFirst(of)
        .filter(({ startTime }) => startTime >= from && startTime < to)
        .slice(0, limit),
    getIntervalDays: async ({ timeZone, limit, ...of }) => {
      const days = Map.groupBy(newestFirst(of), ({ startTime }) => localDay(utcMilliseconds(startTime), timeZone));
      return [...days].slice(0, limit).map(([day, rows]) => {
        const from = dayStart(day, timeZone);
        return { day, from: utcText(from), to: utcText(from + 86_400_000), count: { count: rows.length, capped: false } };
      });
    },
    getRecentStates: async () => ['off', 'on', 'playing'],
    getPriors: async (areaName) => ({
      areaName,
      clock: 'local',
      overall: 0.0402,
      globalPrior: null,
      slots: [
        {
          dayOfWeek: 4,
          timeSlot: 10,
          priorValue: 0.12,
          dataPoints: 4,
          confidence: 1,
          calculatedAt: STAMP,
          samplePeriodStart: STAMP,
          samplePeriodEnd: STAMP,
          calculationMethod: 'interval_analysis',
          lastUpdated: STAMP,
        },
      ],
    }),
    getOccupiedSpan: async (areaName, from, to) => {
      const on = newestFirst({ area: areaName }).filter(
        ({ startTime, state }) => state === 'on' && startTime >= from && startTime < to,
      );
      const occupiedSeconds = on.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
      const rows = { count: on.length, capped: false };
      return { occupiedSeconds, occupiedIntervals: on.length, rows, lastEndTime: on[0]?.endTime ?? null };
    },
    getTimeline: () => Promise.reject(new Error('The trees do not ask for this.')),
    getLanes: () => Promise.reject(new Error('The trees do not ask for this.')),
    getOverview: () => Promise.reject(new Error('The trees do not ask for this.')),
    getAreaOverview: () => Promise.reject(new Error('The trees do not ask for this.')),
    getFriendlyNames: async () => ({ areas: new Map(), entities: new Map(Object.entries(home.names ?? {})) }),
  };
}

export function openHome(path: string, home: HomeContent): OpenDatabase {
  return { path, name: path, reader: homeReader(home), info: null, failed: false };
}
