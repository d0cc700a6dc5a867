import type { SqlValue, SqlWriter } from '../ports/sql';
import { addInterval, addLegacyInterval, addSample, type AddStatements } from '../sql/syncStatements';
import type { PlannedInterval, PlannedSample } from '../sync/syncPlan';
import { utcText } from '../time';
import type { SchemaGeneration } from './databaseInfo';

/** Adds the intervals whose key is not there yet, and returns how many those were. `now` is ms since the epoch. */
export function addIntervals(
  writer: SqlWriter,
  generation: SchemaGeneration,
  intervals: Iterable<PlannedInterval>,
  now: number,
): number {
  const createdAt = utcText(now);
  const legacy = generation === 'legacy';
  return addRows(
    writer,
    legacy ? addLegacyInterval : addInterval,
    intervals,
    ({ entityId, startTime, endTime }) => [entityId, startTime, endTime],
    ({ entityId, state, startTime, endTime, durationSeconds, entryId, areaName }) => {
      const shared = [entityId, state, startTime, endTime, durationSeconds, createdAt];
      return legacy ? shared : [...shared, entryId, areaName];
    },
  );
}

/** Adds the samples whose key is not there yet, and returns how many those were. `now` is ms since the epoch. */
export function addSamples(writer: SqlWriter, samples: Iterable<PlannedSample>, now: number): number {
  const createdAt = utcText(now);
  return addRows(
    writer,
    addSample,
    samples,
    ({ entityId, timestamp }) => [entityId, timestamp],
    ({ entityId, timestamp, value, unit, state, entryId, areaName }) => [
      entityId,
      timestamp,
      value,
      unit,
      state,
      createdAt,
      entryId,
      areaName,
    ],
  );
}

function addRows<Row>(
  writer: SqlWriter,
  { find, insert }: AddStatements,
  rows: Iterable<Row>,
  key: (row: Row) => readonly SqlValue[],
  values: (row: Row) => readonly SqlValue[],
): number {
  let added = 0;
  let add: ReturnType<SqlWriter['prepareAdd']> | undefined;
  for (const row of rows) {
    // Not before there is a row: a schema without the table has none.
    add ??= writer.prepareAdd(find, insert);
    if (add(key(row), values(row))) added += 1;
  }
  return added;
}
