import type { IntervalRows, OccupancyReads } from '../database/occupancyReads';
import { areaColumns, entityColumns, intervalColumns, priorColumns, sampleColumns } from './exportColumns';
import type { ExportedRows } from './exportRequest';
import { type RowStream, rowStream, rowStreamOf } from './rowStream';

/** The rows of an export, to be read in steps. Throws SchemaError when there is no such area. */
export function openRows(reads: OccupancyReads, rows: ExportedRows): RowStream {
  switch (rows.table) {
    case 'intervals':
      return intervalStream([reads.intervalRows(rows, Number.POSITIVE_INFINITY)]);
    case 'timeline':
      return intervalStream(reads.timelineRows(rows));
    case 'samples': {
      const reading = reads.samples(rows);
      return rowStream(sampleColumns, () => reading?.step() ?? null);
    }
    case 'areas':
      return rowStreamOf(areaColumns, reads.areas());
    case 'entities':
      return rowStreamOf(entityColumns, reads.entities(rows));
    case 'priors': {
      const names = rows.area === undefined ? reads.areas().map(({ areaName }) => areaName) : [rows.area];
      const slots = [...new Set(names)].flatMap((areaName) =>
        reads.priors(areaName).slots.map((slot) => ({ ...slot, areaName })),
      );
      return rowStreamOf(priorColumns, slots);
    }
  }
}

/** Intervals of several readings, one after the other. */
function intervalStream(readings: readonly IntervalRows[]): RowStream {
  let left = readings;
  return rowStream(intervalColumns, () => {
    for (const { reading, toInterval } of left) {
      const rows = reading.step();
      if (rows) return rows.map(toInterval);
      left = left.slice(1);
    }
    return null;
  });
}
