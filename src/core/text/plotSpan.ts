import type { PlotKind } from './plotKind';

/** Characters of a line, from `start` up to `end`, in UTF-16 units as an editor counts them. */
export interface PlotSpan {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly kind: PlotKind;
}
