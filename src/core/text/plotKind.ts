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
  | 'now'
  | 'heat0'
  | 'heat1'
  | 'heat2'
  | 'heat3'
  | 'heat4'
  | 'more'
  | 'less'
  | 'bar';

export interface Glyph {
  readonly text: string;
  readonly kind: PlotKind;
}
