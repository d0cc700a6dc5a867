import type { SqlValue } from '../ports/sql';
import type { CheckReads } from './checkReads';
import type { Findings } from './findings';
import { intervalFacts, IntervalSweep } from './intervalSweep';
import { checkSilence } from './valueRules';

/** Rows of one step: some ms. */
const STEP_ROWS = 1000;
const WRITTEN_ROWS = 5000;
const MOST_ROWS = 10;
/** Before every time, which are texts, and every id. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/** Every interval, one by one. @param now µs since the epoch @returns how many there are */
export async function checkIntervals(reads: CheckReads, now: number, findings: Findings): Promise<number> {
  const entities = await reads.browse((of) => of.entities());
  const known = new Map(entities.map((entity) => [entity.entityId, entity]));
  const newest = await reads.browse(({ overview }) => overview.newestInterval());
  const silent = new Map(known);
  let [count, swept] = [0, 0];
  for await (const entityId of reads.names(reads.queries.intervalEntities)) {
    reads.report('intervals', Math.min(swept / Math.max(known.size, 1), 1));
    const entity = known.get(entityId);
    const sweep = new IntervalSweep({ entityId, entityType: entity?.entityType }, findings, now);
    await sweepAll(reads, entityId, sweep);
    if (entity && newest !== null) checkSilence(entity, sweep.latestEnd, newest, findings);
    if (!entity) {
      const rows = { count: sweep.count, capped: false };
      findings.add('orphanIntervals', { kind: 'orphans', table: 'intervals', name: entityId, rows }, sweep.count);
    }
    silent.delete(entityId);
    count += sweep.count;
    swept += 1;
  }
  if (newest !== null) for (const entity of silent.values()) checkSilence(entity, null, newest, findings);
  return count;
}

async function sweepAll(reads: CheckReads, entity: string, sweep: IntervalSweep): Promise<void> {
  let key: { start: SqlValue; end: SqlValue; id: number } = { start: BEFORE_ALL, end: BEFORE_ALL, id: BEFORE_ALL };
  for (;;) {
    const rows = await reads.query((reader) => reader.all(reads.queries.intervals, { entity, ...key, limit: STEP_ROWS }));
    for (const row of rows) sweep.add(row);
    const last = rows.at(-1);
    if (!last || rows.length < STEP_ROWS) break;
    key = { start: last.start_time, end: last.end_time, id: last.id };
  }
  sweep.end();
}

/** When rows were written goes up with their ids, unless the clock went back. */
export async function checkWritten(reads: CheckReads, findings: Findings): Promise<void> {
  const { written, writtenBack } = reads.queries;
  if (!written || !writtenBack) return;
  let [after, seen] = [BEFORE_ALL, ''];
  for (;;) {
    const bounds = { after, seen, limit: WRITTEN_ROWS };
    const step = await reads.query((reader) => reader.get(written, bounds));
    if (step?.last === null || step?.last === undefined) return;
    if (step.back) {
      const rows = await reads.query((reader) => reader.all(writtenBack, { ...bounds, most: MOST_ROWS }));
      for (const [index, row] of rows.entries()) {
        const interval = intervalFacts(row.entity_id, row);
        // The last one shown stands for those that are not.
        const count = index === rows.length - 1 ? step.back - index : 1;
        findings.add('clockSetBack', { kind: 'written', interval, at: row.created_at, before: row.seen }, count);
      }
    }
    after = step.last;
    if (step.newest !== null && step.newest > seen) seen = step.newest;
  }
}
