import { byName } from '../database/byName';
import { intervalTimes } from './plannedRows';
import type { EntityTally, SyncPlanner } from './syncPlanner';
import type { AreaSync, EntitySync, IntervalCounts, PreviewRow, SampleCounts, SyncReport } from './syncReport';

/** What the rows of a planner amount to, by area and entity. `about` is what the planner does not know. */
export function reportPlan(planner: SyncPlanner, about: Pick<SyncReport, 'source' | 'start' | 'end' | 'resumes'>): SyncReport {
  const areas = new Map<string, EntitySync[]>();
  for (const [index, tally] of planner.tallies.entries()) {
    const { areaName } = tally.entity.area;
    const entities = areas.get(areaName) ?? [];
    areas.set(areaName, entities);
    entities.push(entitySync(planner, index, tally));
  }
  const all = [...areas.values()].flat();
  return {
    ...about,
    states: all.reduce((sum, { states }) => sum + states, 0),
    ...sums(all),
    areas: [...areas]
      .map(([areaName, entities]): AreaSync => ({ areaName, ...sums(entities), entities }))
      .toSorted((left, right) => byName.compare(left.areaName, right.areaName)),
    written: null,
  };
}

function entitySync(planner: SyncPlanner, index: number, { entity, states, faults, ...there }: EntityTally): EntitySync {
  const { intervals, samples } = planner;
  const [first, last] = [intervals.first(index), intervals.last(index)];
  return {
    entityId: entity.entityId,
    states,
    intervals: { added: intervals.countOf(index), alreadyThere: there.intervalsThere, ...faults },
    samples: { added: samples.countOf(index), alreadyThere: there.samplesThere },
    first: preview(planner, first),
    last: last === first ? null : preview(planner, last),
  };
}

function preview(planner: SyncPlanner, row: number | null): PreviewRow | null {
  return row === null ? null : intervalTimes(planner, row);
}

function sums(entities: readonly EntitySync[]): { intervals: IntervalCounts; samples: SampleCounts } {
  const intervals = { added: 0, alreadyThere: 0, tooShort: 0, tooLong: 0, unusable: 0, tooOld: 0 };
  const samples = { added: 0, alreadyThere: 0 };
  for (const entity of entities) {
    addUp(intervals, entity.intervals);
    addUp(samples, entity.samples);
  }
  return { intervals, samples };
}

function addUp<Name extends string>(sum: Record<Name, number>, counts: Readonly<Record<Name, number>>): void {
  for (const name in sum) sum[name] += counts[name];
}
