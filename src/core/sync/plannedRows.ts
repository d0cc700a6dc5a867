import { SECOND_US, utcTextOfMicroseconds } from '../time';
import { pythonFloat } from './pythonFloat';
import type { SyncArea, SyncEntity } from './syncEntities';
import type { PlannedInterval, PlannedSample, SyncPlan } from './syncPlan';
import type { SyncPlanner } from './syncPlanner';
import type { SyncReport } from './syncReport';
import { NO_TEXT } from './textStore';

/** The rows of a planner that are to be added, made of its numbers when they are asked for. */
export class PlannedRows implements SyncPlan {
  readonly report: SyncReport;
  readonly #planner: SyncPlanner;
  readonly #intervals: Uint32Array;
  readonly #samples: Uint32Array;

  constructor(
    planner: SyncPlanner,
    order: { readonly intervals: Uint32Array; readonly samples: Uint32Array },
    report: SyncReport,
  ) {
    this.report = report;
    this.#planner = planner;
    this.#intervals = order.intervals;
    this.#samples = order.samples;
  }

  get intervalCount(): number {
    return this.#intervals.length;
  }

  get sampleCount(): number {
    return this.#samples.length;
  }

  interval(index: number): PlannedInterval {
    const row = rowAt(this.#intervals, index);
    const { intervals, tallies } = this.#planner;
    const { entityId, area } = entityAt(tallies, intervals.entity(row));
    return { entryId: area.entryId, areaName: area.areaName, entityId, ...intervalTimes(this.#planner, row) };
  }

  sample(index: number): PlannedSample {
    const row = rowAt(this.#samples, index);
    const { samples, sampleStates, sampleUnits, tallies, texts } = this.#planner;
    const { entityId, area, sampleArea } = entityAt(tallies, samples.entity(row));
    const { entryId, areaName }: SyncArea = sampleArea ?? area;
    const state = texts.get(sampleStates.get(row));
    const unit = sampleUnits.get(row);
    return {
      entryId,
      areaName,
      entityId,
      timestamp: utcTextOfMicroseconds(samples.at(row)),
      value: pythonFloat(state) ?? Number.NaN,
      unit: unit === NO_TEXT ? null : texts.get(unit),
      state,
    };
  }
}

/** What the preview shows of a planner's row, too. */
export function intervalTimes(planner: SyncPlanner, row: number) {
  const [start, end] = [planner.intervals.at(row), planner.intervalEnds.get(row)];
  return {
    state: planner.texts.get(planner.intervalStates.get(row)),
    startTime: utcTextOfMicroseconds(start),
    endTime: utcTextOfMicroseconds(end),
    durationSeconds: (end - start) / SECOND_US,
  };
}

function rowAt(order: Uint32Array, index: number): number {
  const row = order[index];
  if (row === undefined) throw new RangeError(`There is no row ${index} in a plan of ${order.length}.`);
  return row;
}

function entityAt(tallies: SyncPlanner['tallies'], index: number): SyncEntity {
  const tally = tallies[index];
  if (!tally) throw new RangeError(`There is no entity ${index} in a plan of ${tallies.length}.`);
  return tally.entity;
}
