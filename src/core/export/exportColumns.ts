import type { Area, Entity, Interval, Prior } from '../model';
import type { SampleRow } from '../sql/rows';

/** A value as the database has it: text, number, a list of names, or whatever somebody else wrote there. */
export type Cell = unknown;

/** A column of an export, named as Area Occupancy Detection names it. */
export interface ExportColumn<Row> {
  readonly name: string;
  /** Stored times get a second column, in UTC. */
  readonly isTime?: true;
  of(row: Row): Cell;
}

export const intervalColumns: readonly ExportColumn<Interval>[] = [
  { name: 'area_name', of: (row) => row.areaName },
  { name: 'entity_id', of: (row) => row.entityId },
  { name: 'state', of: (row) => row.state },
  { name: 'start_time', isTime: true, of: (row) => row.startTime },
  { name: 'end_time', isTime: true, of: (row) => row.endTime },
  { name: 'duration_seconds', of: (row) => row.durationSeconds },
  { name: 'aggregation_level', of: (row) => row.aggregationLevel },
];

export const sampleColumns: readonly ExportColumn<SampleRow>[] = [
  { name: 'area_name', of: (row) => row.area_name },
  { name: 'entity_id', of: (row) => row.entity_id },
  { name: 'timestamp', isTime: true, of: (row) => row.timestamp },
  { name: 'value', of: (row) => row.value },
  { name: 'unit_of_measurement', of: (row) => row.unit_of_measurement },
  { name: 'state', of: (row) => row.state },
];

export const areaColumns: readonly ExportColumn<Area>[] = [
  { name: 'area_name', of: (row) => row.areaName },
  { name: 'area_id', of: (row) => row.areaId },
  { name: 'entry_id', of: (row) => row.entryId },
  { name: 'purpose', of: (row) => row.purpose },
  { name: 'threshold', of: (row) => row.threshold },
  { name: 'area_prior', of: (row) => row.areaPrior },
  { name: 'adjacent_areas', of: (row) => row.adjacentAreas },
  { name: 'created_at', isTime: true, of: (row) => row.createdAt },
  { name: 'updated_at', isTime: true, of: (row) => row.updatedAt },
];

export const entityColumns: readonly ExportColumn<Entity>[] = [
  { name: 'area_name', of: (row) => row.areaName },
  { name: 'entity_id', of: (row) => row.entityId },
  { name: 'entry_id', of: (row) => row.entryId },
  { name: 'entity_type', of: (row) => row.entityType },
  { name: 'weight', of: (row) => row.weight },
  { name: 'prob_given_true', of: (row) => row.probGivenTrue },
  { name: 'prob_given_false', of: (row) => row.probGivenFalse },
  { name: 'is_shared', of: (row) => row.isShared },
  { name: 'shared_with_areas', of: (row) => row.sharedWithAreas },
  { name: 'is_decaying', of: (row) => row.isDecaying },
  { name: 'decay_start', isTime: true, of: (row) => row.decayStart },
  { name: 'evidence', of: (row) => row.evidence },
  { name: 'last_updated', isTime: true, of: (row) => row.lastUpdated },
  { name: 'created_at', isTime: true, of: (row) => row.createdAt },
];

/** A learned slot with the area that it is of. */
export type AreaPrior = Prior & { readonly areaName: string };

export const priorColumns: readonly ExportColumn<AreaPrior>[] = [
  { name: 'area_name', of: (row) => row.areaName },
  { name: 'day_of_week', of: (row) => row.dayOfWeek },
  { name: 'time_slot', of: (row) => row.timeSlot },
  { name: 'prior_value', of: (row) => row.priorValue },
  { name: 'data_points', of: (row) => row.dataPoints },
  { name: 'confidence', of: (row) => row.confidence },
  { name: 'last_updated', isTime: true, of: (row) => row.lastUpdated },
];
