import type { PlotSpan } from '../text/plotSpan';
import { SLOTS, type WeekSlot } from './weekSlot';

/** UTF-16 units of a cell: a bar, a number of up to three digits, and what parts it from the next. */
export const CELL_WIDTH = 4;

/** Views of priors as text, and what its characters are. */
export interface PriorsPlot {
  readonly text: string;
  readonly spans: readonly PlotSpan[];
  readonly maps: readonly PlottedMap[];
}

/** Seven lines of the text. */
export interface PlottedMap {
  /** Which of the areas; null for their difference. */
  readonly area: number | null;
  /** The first line. */
  readonly line: number;
  /** Where the first cell is, in UTF-16 units. */
  readonly start: number;
  /** The days of its lines, 0 = Monday. */
  readonly order: readonly number[];
}

/** Where an hour is in the first map. */
export function placeOfSlot({ maps: [map] }: PriorsPlot, { day, slot }: WeekSlot): { line: number; character: number } {
  const row = map?.order.indexOf(day) ?? 0;
  return { line: (map?.line ?? 0) + row, character: (map?.start ?? 0) + slot * CELL_WIDTH };
}

/** The map and slot at a place in the text; undefined beside the maps. */
export function slotAtPlace(
  { maps }: PriorsPlot,
  line: number,
  character: number,
): { readonly map: PlottedMap; readonly slot: WeekSlot } | undefined {
  const map = maps.find(({ line: first, order }) => line >= first && line < first + order.length);
  const day = map?.order[line - map.line];
  const slot = map ? Math.floor((character - map.start) / CELL_WIDTH) : -1;
  return map && day !== undefined && slot >= 0 && slot < SLOTS ? { map, slot: { day, slot } } : undefined;
}
