import type { OverviewTable } from '../../core/overview/overviewModel';
import { element } from '../element';
import type { Actions } from './overviewCell';
import { sortRows, type Sorting } from './sortRows';
import { classOf, TableRows } from './tableRows';

export interface TableParts {
  readonly actions: Actions;
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting) => void;
  /** Asks for the rows that are left out. */
  readonly showAll: () => void;
}

/** A table that is drawn once and then changed where it did, so that scroll, focus and selection stay. */
export class TableView {
  readonly element = element('section', { className: 'table' });
  readonly #parts: TableParts;
  readonly #head = element('thead');
  readonly #rows: TableRows;
  readonly #meaning = element('p', { className: 'meaning' });
  readonly #note = element('p', { className: 'note' });
  #table: OverviewTable;
  #sorting: Sorting | undefined;

  constructor(table: OverviewTable, parts: TableParts) {
    this.#table = table;
    this.#parts = parts;
    this.#sorting = parts.sorting;
    this.#rows = new TableRows(table.columns, parts.actions);
    const label = element('caption', { className: 'unseen', textContent: table.title });
    const scrolled = element('div', { className: 'scrolled' }, element('table', {}, label, this.#head, this.#rows.element));
    this.element.append(element('h3', { textContent: table.title }), this.#meaning, scrolled, this.#note);
    this.#drawHead();
    this.update(table);
  }

  update(table: OverviewTable): void {
    this.#table = table;
    this.#head.hidden = table.rows.length === 0;
    setText(this.#meaning, table.meaning ?? '');
    this.#drawRows();
  }

  /** Hides the rows of entities that do not contain the text. */
  filter(text: string): void {
    this.#rows.filter(text);
    this.#drawNote();
  }

  #drawRows(): void {
    this.#rows.update(sortRows(this.#table.rows, this.#sorting));
    this.#drawNote();
  }

  #drawNote(): void {
    const { count, hidden } = this.#rows;
    const filtered = hidden > 0 ? `The filter shows ${count - hidden} of ${count}. ` : '';
    setText(this.#note, filtered + (this.#table.note ?? ''));
    if (this.#table.omitted === undefined) return;
    const button = element('button', { type: 'button', className: 'link', textContent: 'Show all' });
    button.addEventListener('click', this.#parts.showAll);
    this.#note.append(' ', button);
  }

  #drawHead(): void {
    const cells = this.#table.columns.map((column, index) => {
      const button = element('button', { type: 'button', textContent: column.label });
      button.addEventListener('click', () => this.#sortBy(index));
      return element('th', { scope: 'col', className: classOf(column) }, button);
    });
    this.#head.replaceChildren(element('tr', {}, ...cells));
    this.#markSorted();
  }

  /** Numbers begin with the largest; a second press turns the order round. */
  #sortBy(column: number): void {
    const isSorted = this.#sorting?.column === column;
    const descending = isSorted ? !this.#sorting?.descending : this.#table.columns[column]?.align === 'end';
    this.#sorting = { column, descending };
    this.#parts.onSort(this.#sorting);
    this.#markSorted();
    this.#drawRows();
  }

  #markSorted(): void {
    this.#head.querySelectorAll('th').forEach((cell, index) => {
      cell.ariaSort = this.#sorting?.column !== index ? 'none' : this.#sorting.descending ? 'descending' : 'ascending';
    });
  }
}

/** What is empty is hidden. */
function setText(paragraph: HTMLElement, text: string): void {
  paragraph.textContent = text;
  paragraph.hidden = text === '';
}
