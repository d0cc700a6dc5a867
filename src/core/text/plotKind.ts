/** What a run of characters of the plot is, for its colour. */
export type PlotKind =
  | 'title'
  | 'name'
  | 'unevenName'
  | 'faint'
  | 'occupied'
  | 'active'
  | 'secondary'
  | 'inactive'
  | 'unknown'
  | 'overlap'
  | 'number'
  | 'now';

export interface Glyph {
  readonly text: string;
  readonly kind: PlotKind;
}
