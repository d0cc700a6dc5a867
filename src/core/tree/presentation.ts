import type { Format } from '../format';

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

/** A row that says one thing and cannot be opened. */
export function leaf(label: string, icon: string, color?: string): Presentation {
  return { label, description: '', icon, ...(color && { color }), tooltip: [label], spoken: label, opens: 'no', abilities: [] };
}

/** `1 entity`, `12 entities`. */
export function counted(count: number, one: string, many: string, format: Format): string {
  return `${format.number(count)} ${count === 1 ? one : many}`;
}
