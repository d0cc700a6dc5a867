import { checkRetention } from '../overview/retention';
import { DAY_MS, utcMilliseconds, utcText } from '../time';
import type { CheckReads } from './checkReads';
import type { Findings } from './findings';
import { checkArea, checkEntity } from './valueRules';

/** Rows that name areas and entities which are not there. */
export async function checkReferences(reads: CheckReads, findings: Findings): Promise<void> {
  const areas = await reads.browse((of) => of.areas());
  const entities = await reads.browse((of) => of.entities());
  const known = {
    areas: new Set(areas.map(({ areaName }) => areaName)),
    entries: new Set(areas.map(({ entryId }) => entryId)),
    entities: new Set(entities.map(({ entityId }) => entityId)),
  };
  for (const { table, to, next, count } of reads.queries.references) {
    for await (const name of reads.names(next)) {
      if (known[to].has(name)) continue;
      const rows = await reads.count(count, { name });
      findings.add('orphans', { kind: 'orphans', table, name, rows }, rows.count, rows.capped);
    }
  }
}

/** Rows that AOD should have summed up or removed. @param now ms since the epoch */
export async function checkOverdue(reads: CheckReads, now: number, findings: Findings): Promise<void> {
  const { overdueIntervals, overdueSamples } = reads.queries;
  const oldest = await reads.browse(({ overview }) => overview.oldest());
  for (const row of oldest) {
    const { kind, keptDays, oldest: start, overSince } = checkRetention(row, reads.schema.generation, now);
    if (overSince === null || start === null) continue;
    const query = kind === 'raw' ? overdueIntervals : kind === 'samples' ? overdueSamples : null;
    const rows = query && (await reads.count(query, { before: utcText(now - keptDays * DAY_MS) }));
    findings.add('retention', { kind: 'overdue', what: kind, keptDays, oldest: start, rows }, rows?.count ?? 1, rows?.capped);
  }
}

/** What was set for areas and entities, and what was learned of them. */
export async function checkValues(reads: CheckReads, findings: Findings): Promise<void> {
  const areas = await reads.browse((of) => of.areas());
  const entities = await reads.browse((of) => of.entities());
  for (const entity of entities) checkEntity(entity, findings);
  const history = await lengthOfHistory(reads);
  for (const area of areas) {
    const priors = await reads.browse((of) => of.priors(area.areaName));
    const hasEntities = entities.some(({ areaName }) => areaName === area.areaName);
    checkArea(area, priors, history, hasEntities, findings);
  }
}

/** ms from the oldest interval to the newest. */
async function lengthOfHistory(reads: CheckReads): Promise<number> {
  const [start, end] = await reads.browse(({ overview }) => [
    overview.oldest().find(({ kind }) => kind === 'raw')?.start,
    overview.newestInterval(),
  ]);
  return start && end ? utcMilliseconds(end) - utcMilliseconds(start) : 0;
}
