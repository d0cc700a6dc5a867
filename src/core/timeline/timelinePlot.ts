import type { PlotSpan } from '../text/plotSpan';
import type { OccupiedLane, TimelineLane } from './timeline';
import type { ColumnGrid } from './timelineColumns';

/** A timeline as text, and what its characters are. */
export interface TimelinePlot {
  readonly text: string;
  readonly spans: readonly PlotSpan[];
  readonly rows: readonly PlotRow[];
  readonly grid: ColumnGrid;
}

/** The line of a lane. Each of its columns is one character. */
export interface PlotRow {
  readonly line: number;
  readonly name: string;
  /** null in the timeline of an entity. */
  readonly area: string | null;
  readonly lane: TimelineLane | OccupiedLane;
  /** Where the first column is, in UTF-16 units. */
  readonly start: number;
}

/** A column of a lane: `from` up to `to`, µs since the epoch. */
export interface PlotCell {
  readonly row: PlotRow;
  /** Place of the character, in UTF-16 units. */
  readonly character: number;
  readonly from: number;
  readonly to: number;
}

/** The cell at a place in the text; undefined beside the lanes. */
export function cellAt({ rows, grid }: TimelinePlot, line: number, character: number): PlotCell | undefined {
  const row = rows.find((candidate) => candidate.line === line);
  const column = row ? character - row.start : -1;
  if (!row || column < 0 || column >= grid.count) return undefined;
  const from = grid.from + column * grid.width;
  return { row, character, from, to: from + grid.width };
}

/** Where a moment (µs since the epoch) of an entity is drawn; of the first lane where the entity has none. */
export function placeOf(plot: TimelinePlot, moment: number, entityId?: string): { line: number; character: number } | undefined {
  const row = plot.rows.find(({ lane }) => 'entityId' in lane && lane.entityId === entityId) ?? plot.rows[0];
  const column = Math.floor((moment - plot.grid.from) / plot.grid.width);
  if (!row) return undefined;
  return { line: row.line, character: row.start + Math.min(plot.grid.count - 1, Math.max(0, column)) };
}
