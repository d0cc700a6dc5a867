import type { DatabaseInfo } from '../../../src/core/database/databaseInfo';
import type { LockInspection } from '../../../src/core/lock/lockInspection';
import type { Entity } from '../../../src/core/model';
import type { AreaOverview, DatabaseOverview } from '../../../src/core/overview/overviewFacts';
import { area, entity } from '../tree/homeReader';

const STAMP = '2026-11-20 09:30:00.250000';

/** ms since the epoch: half an hour after the newest interval. */
export const NOW = Date.UTC(2026, 10, 20, 10);

export function info(more: Partial<DatabaseInfo> = {}): DatabaseInfo {
  return {
    path: '/config/.storage/area_occupancy.db',
    engine: 'native',
    snapshotAt: null,
    generation: 'current',
    dbVersion: 18,
    readOnly: false,
    reason: null,
    journalMode: 'wal',
    fileBytes: 33_800_000,
    walBytes: 4_100_000,
    fileWritten: Date.UTC(2026, 10, 20, 8),
    walWritten: Date.UTC(2026, 10, 20, 9, 30, 1),
    ...more,
  };
}

export function databaseOverview(more: Partial<DatabaseOverview> = {}): DatabaseOverview {
  return {
    info: info(),
    newestInterval: STAMP,
    lastPruned: '2026-11-20T09:30:00.250000+00:00',
    tables: [
      { table: 'areas', rows: { count: 2, capped: false } },
      { table: 'intervals', rows: { count: 10_000, capped: true } },
    ],
    oldest: [
      { kind: 'raw', start: '2026-10-23 10:30:00' },
      { kind: 'monthly', start: null },
    ],
    areas: ['Kitchen', 'Büro'],
    ...more,
  };
}

export function lock(state: LockInspection['state']): LockInspection {
  return { path: '/config/.storage/area_occupancy.db.lock', at: NOW, state, dialect: 'marker', ours: false, evidence: [] };
}

/** An entity of the kitchen with its two likelihoods. */
export function likely(entityId: string, entityType: string, probGivenTrue: number, probGivenFalse: number): Entity {
  return { ...entity('Kitchen', entityId, entityType), probGivenTrue, probGivenFalse };
}

export function areaOverview(more: Partial<AreaOverview> = {}): AreaOverview {
  const entities = more.entities ?? [
    likely('binary_sensor.kitchen_motion', 'motion', 0.95, 0.01),
    likely('binary_sensor.kitchen_window', 'window', 0.2, 0.2),
    likely('sensor.kitchen_temperature', 'temperature', 0.05, 0.2),
  ];
  return {
    area: { ...area('Kitchen', 'food_prep'), adjacentAreas: ['Hallway'] },
    globalPrior: {
      priorValue: 0.0402,
      calculationDate: STAMP,
      dataPeriodStart: '2026-10-23 12:06:53',
      dataPeriodEnd: STAMP,
      totalOccupiedSeconds: 96_958,
      totalPeriodSeconds: 2_409_786,
      intervalCount: 1348,
      confidence: null,
      calculationMethod: 'interval_analysis',
    },
    entities,
    entityCount: entities.length,
    correlations: [
      {
        entityId: 'binary_sensor.kitchen_window',
        inputType: 'window',
        coefficient: 0,
        type: 'binary_likelihood',
        sampleCount: 0,
        confidence: null,
        meanOccupied: 0.25,
        meanUnoccupied: 0.5,
        error: null,
        calculatedAt: STAMP,
      },
      {
        entityId: 'sensor.kitchen_temperature',
        inputType: 'temperature',
        coefficient: -0.5,
        type: 'negative',
        sampleCount: 686,
        confidence: 0.113,
        meanOccupied: 21.1,
        meanUnoccupied: 20.6,
        error: 'no_correlation',
        calculatedAt: STAMP,
      },
    ],
    relationships: [
      { relatedArea: 'Hallway', type: 'adjacent', influence: 0.3, distance: null },
      { relatedArea: 'Büro', type: 'above', influence: 0.1, distance: 2.5 },
    ],
    transitions: [
      { from: 'Kitchen', through: null, to: 'Hallway', count: 27, share: 0.75 },
      { from: 'Kitchen', through: 'Hallway', to: 'Büro', count: 5, share: 1 },
    ],
    learnsTransitions: true,
    ...more,
  };
}
