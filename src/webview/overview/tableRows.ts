import type { OverviewColumn, OverviewRow } from '../../core/overview/overviewModel';
import { element } from '../element';
import { type Actions, fillCell } from './overviewCell';

interface DrawnRow {
  readonly element: HTMLTableRowElement;
  /** What it was drawn from, as text. */
  readonly drawn: string;
}

/** The rows of a table: each is known again by what it is about, and drawn anew only where it changed. */
export class TableRows {
  readonly element = element('tbody');
  readonly #columns: readonly OverviewColumn[];
  readonly #actions: Actions;
  readonly #rows = new Map<string, DrawnRow>();

  constructor(columns: readonly OverviewColumn[], actions: Actions) {
    this.#columns = columns;
    this.#actions = actions;
  }

  update(rows: readonly OverviewRow[]): void {
    const keys = new Set<string>();
    const ordered = rows.map((row) => this.#draw(keyOf(row, keys), row));
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      this.#rows.delete(key);
    }
    placeInOrder(this.element, ordered);
  }

  #draw(key: string, row: OverviewRow): HTMLTableRowElement {
    const known = this.#rows.get(key);
    const drawn = JSON.stringify(row);
    if (known?.drawn === drawn) return known.element;
    const made = known?.element ?? element('tr');
    const focused = [...made.querySelectorAll('button')].findIndex((button) => button === document.activeElement);
    made.replaceChildren(...this.#columns.map((column, index) => this.#cell(row, column, index)));
    if (focused >= 0) made.querySelectorAll('button')[focused]?.focus({ preventScroll: true });
    this.#rows.set(key, { element: made, drawn });
    return made;
  }

  #cell(row: OverviewRow, column: OverviewColumn, index: number): HTMLTableCellElement {
    const made = index === 0 ? element('th', { scope: 'row' }) : element('td');
    fillCell(made, row[index] ?? { text: '' }, column, this.#actions);
    return made;
  }
}

/** Moves only what is out of place, and gives back the focus that a move takes away. */
function placeInOrder(parent: HTMLElement, ordered: readonly HTMLElement[]): void {
  const focused = document.activeElement;
  let next = parent.firstElementChild;
  for (const child of ordered) {
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
  if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus({ preventScroll: true });
}

/** What a row is about; the same twice gets a number. */
function keyOf(row: OverviewRow, taken: Set<string>): string {
  const subjects = row.flatMap(({ subject }) => (subject ? [JSON.stringify(subject)] : []));
  const about = subjects.length > 0 ? `${subjects.join()}${row[1]?.text ?? ''}` : (row[0]?.text ?? '');
  let key = about;
  for (let number = 2; taken.has(key); number += 1) key = `${about} ${number}`;
  taken.add(key);
  return key;
}
