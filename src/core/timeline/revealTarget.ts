import type { PlotCell } from './timelinePlot';

/** A stretch of an entity's time, µs since the epoch: what the hover of a cell links to. */
export interface RevealTarget {
  readonly database: string;
  readonly entityId: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Undefined for a cell of the occupied lane, which has no intervals of its own. */
export function revealTarget(database: string, { row, from, to }: PlotCell): RevealTarget | undefined {
  return 'entityId' in row.lane ? { database, entityId: row.lane.entityId, name: row.name, from, to } : undefined;
}
