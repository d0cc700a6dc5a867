// Writes a plan the plain way. A key that is there already fails: a plan is without those.
import type { SyncPlan } from '../../src/core/sync/syncPlan.ts';
import { Sqlite } from './core.mts';

export function applyPlan(path: string, plan: SyncPlan): void {
  const db = new Sqlite(path, { fileMustExist: true });
  for (const pragma of ['foreign_keys = OFF', 'synchronous = OFF']) db.pragma(pragma);
  const legacy = db.prepare("SELECT 1 FROM pragma_table_info('intervals') WHERE name = 'area_name'").all().length === 0;
  const shared = 'entity_id, state, start_time, end_time, duration_seconds, created_at';
  const values = '@entityId, @state, @startTime, @endTime, @durationSeconds, @now';
  const addInterval = db.prepare(
    legacy
      ? `INSERT INTO intervals (${shared}) VALUES (${values})`
      : `INSERT INTO intervals (${shared}, entry_id, area_name, aggregation_level) VALUES (${values}, @entryId, @areaName, 'raw')`,
  );
  db.transaction(() => {
    const now = plan.report.end;
    for (let index = 0; index < plan.intervalCount; index += 1) addInterval.run({ ...plan.interval(index), now });
    if (plan.sampleCount === 0) return;
    const addSample = db.prepare(
      `INSERT INTO numeric_samples (entry_id, area_name, entity_id, timestamp, value, unit_of_measurement, state, created_at)
       VALUES (@entryId, @areaName, @entityId, @timestamp, @value, @unit, @state, @now)`,
    );
    for (let index = 0; index < plan.sampleCount; index += 1) addSample.run({ ...plan.sample(index), now });
  })();
  db.close();
}
