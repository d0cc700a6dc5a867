/** How a row looks, in words that any tree can draw. */
export interface Presentation {
  readonly label: string;
  readonly description: string;
  /** Codicon id. */
  readonly icon: string;
  /** Theme colour id of the icon. */
  readonly color?: string;
  /** Facts for the tooltip, a line each. */
  readonly tooltip: readonly string[];
  /** The whole fact in one sentence, for screen readers. */
  readonly spoken: string;
  readonly opens: 'no' | 'collapsed' | 'expanded';
  /** What can be done with the row, for the menus' `when` clauses. */
  readonly abilities: readonly string[];
}
