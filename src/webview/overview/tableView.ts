import type { OverviewTable } from '../../core/overview/overviewModel';
import { button, element } from '../element';
import { filterRows } from './filterRows';
import { type Actions, link } from './overviewCell';
import { sortRows, type Sorting } from './sortRows';
import { TableRows } from './tableRows';

/** Rows that are drawn at first, and that are added by each press of the button below them. */
const FEW_ROWS = 200;
const MORE_ROWS = 1000;

export interface TableParts {
  readonly actions: Actions;
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting) => void;
  /** Asks for the rows that are left out; they come with the next update. */
  readonly readAll: () => void;
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
  #filter = '';
  #most = FEW_ROWS;

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

  /** Leaves the rows of entities that contain the text. */
  filter(text: string): void {
    this.#filter = text;
    // What is looked for may be among those that are left out.
    if (text !== '' && this.#table.omitted !== undefined) this.#parts.readAll();
    this.#drawRows();
  }

  #drawRows(): void {
    const found = filterRows(this.#table.rows, this.#filter);
    this.#rows.update(sortRows(found, this.#sorting).slice(0, this.#most));
    this.#drawNote(found.length);
  }

  #drawNote(found: number): void {
    const { rows, note = '', omitted = 0 } = this.#table;
    const filtered = found < rows.length ? `The filter finds ${number(found)} of ${number(rows.length)}. ` : '';
    const drawn = Math.min(found, this.#most);
    const capped = drawn < found ? `${number(drawn)} are shown. ` : '';
    setText(this.#note, filtered + capped + note);
    if (drawn === found && omitted === 0) return;
    this.#note.append(
      ' ',
      link('Show more', undefined, () => this.#showMore()),
    );
  }

  #showMore(): void {
    this.#most += MORE_ROWS;
    if (this.#table.omitted === undefined) this.#drawRows();
    else this.#parts.readAll();
  }

  #drawHead(): void {
    const cells = this.#table.columns.map(({ label, align, bars }, index) => {
      const sort = button({ textContent: label }, () => this.#sortBy(index));
      return element('th', { scope: 'col', className: bars ? `${align} barred` : align }, sort);
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
    // The greatest may be among those that are left out.
    if (this.#table.omitted !== undefined) this.#parts.readAll();
    this.#markSorted();
    this.#drawRows();
  }

  #markSorted(): void {
    this.#head.querySelectorAll('th').forEach((cell, index) => {
      cell.ariaSort = this.#sorting?.column !== index ? 'none' : this.#sorting.descending ? 'descending' : 'ascending';
    });
  }
}

/** As the user's language writes it. */
function number(value: number): string {
  return value.toLocaleString(document.documentElement.lang || undefined);
}

/** What is empty is hidden. */
function setText(paragraph: HTMLElement, text: string): void {
  paragraph.textContent = text;
  paragraph.hidden = text === '';
}
