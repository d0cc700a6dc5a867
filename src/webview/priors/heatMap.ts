import { isSameSlot, SLOTS, type WeekSlot } from '../../core/priors/weekSlot';
import type { WeekWords } from '../../core/priors/weekWords';
import { element } from '../element';

/** How an hour is drawn. */
export interface HeatCell {
  readonly text: string;
  /** The whole of it in words, for screen readers. */
  readonly label: string;
  readonly look: 'learned' | 'unlearned' | 'unreadable' | 'more' | 'less';
  /** How strong its colour is, 0–1. */
  readonly share: number;
}

export interface HeatMapContent {
  readonly title: string;
  readonly facts: readonly string[];
  readonly now: WeekSlot;
  cell(slot: WeekSlot): HeatCell;
}

/** Where a key leads to from a cell: rows and columns. */
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -SLOTS],
  End: [0, SLOTS],
  PageUp: [-SLOTS, 0],
  PageDown: [SLOTS, 0],
};

let lastId = 0;

/** A week as a table: a row a day, or where there is no room for that a row an hour. One of its cells is in the order of tabs. */
export class HeatMap {
  readonly element = element('section', { className: 'map' });
  readonly #words: WeekWords;
  readonly #name = element('bdi');
  readonly #heading = element('h2', { id: `map-${(lastId += 1)}` }, this.#name);
  readonly #facts = element('div', { className: 'facts' });
  readonly #table = element('table');
  #upright = false;
  #content: HeatMapContent | undefined;
  #rows: readonly (readonly WeekSlot[])[] = [];
  #cells: readonly (readonly HTMLTableCellElement[])[] = [];
  #days: readonly HTMLElement[] = [];
  #hours: readonly HTMLElement[] = [];
  #cursor: WeekSlot = { day: 0, slot: 0 };

  /**
   * @param onFocus a cell got the keyboard's focus
   * @param onPoint the pointer is on a cell, or with null left them
   */
  constructor(words: WeekWords, onFocus: (slot: WeekSlot) => void, onPoint: (slot: WeekSlot | null) => void) {
    this.#words = words;
    this.#table.setAttribute('role', 'grid');
    this.#table.setAttribute('aria-labelledby', this.#heading.id);
    this.element.append(this.#heading, this.#facts, element('div', { className: 'frame' }, this.#table));
    const withSlot =
      (tell: (slot: WeekSlot) => void) =>
      ({ target }: Event): void => {
        const slot = this.#slotOf(target);
        if (slot) tell(slot);
      };
    this.#table.addEventListener('focusin', withSlot(onFocus));
    this.#table.addEventListener('pointerover', withSlot(onPoint));
    this.#table.addEventListener('pointerleave', () => onPoint(null));
    this.#table.addEventListener('keydown', (event) => this.#move(event));
  }

  /** Whether the keyboard is in it. */
  get hasFocus(): boolean {
    return this.#table.contains(document.activeElement);
  }

  draw(content: HeatMapContent): void {
    this.#content = content;
    this.#name.textContent = content.title;
    this.#facts.replaceChildren(...content.facts.map((fact) => element('p', { textContent: fact })));
    if (this.#cells.length === 0) this.#lay();
    this.#paint();
  }

  /** @param upright whether hours go down */
  turn(upright: boolean): void {
    if (upright === this.#upright) return;
    const { hasFocus } = this;
    this.#upright = upright;
    this.#lay();
    this.#paint();
    if (hasFocus) this.#cellOf(this.#cursor)?.focus();
  }

  /**
   * @param cursor the cell that a tab leads to
   * @param pointed the cell that is told of
   */
  mark(cursor: WeekSlot, pointed: WeekSlot): void {
    const old = this.#cellOf(this.#cursor);
    if (old) old.tabIndex = -1;
    this.#cursor = cursor;
    const cell = this.#cellOf(cursor);
    if (cell) cell.tabIndex = 0;
    for (const marked of this.#table.querySelectorAll('.pointed')) marked.classList.remove('pointed');
    this.#cellOf(pointed)?.classList.add('pointed');
  }

  #lay(): void {
    const { order } = this.#words;
    const slots = Array.from({ length: SLOTS }, (_, slot) => slot);
    this.#rows = this.#upright
      ? slots.map((slot) => order.map((day) => ({ day, slot })))
      : order.map((day) => slots.map((slot) => ({ day, slot })));
    this.#table.classList.toggle('upright', this.#upright);
    this.#cells = this.#rows.map((slots_) => slots_.map(() => makeCell()));
    const days = order.map((day) => makeHeader(this.#words.shortDay(day), this.#words.longDay(day)));
    const hours = slots.map((slot) => makeHeader(this.#words.hour(slot), this.#words.hours(slot)));
    const [across, down] = this.#upright ? [days, hours] : [hours, days];
    for (const header of across) header.scope = 'col';
    for (const header of down) header.scope = 'row';
    [this.#days, this.#hours] = [days, hours];
    const corner = makeHeader('', this.#upright ? 'Hour' : 'Day');
    const head = element('thead', {}, element('tr', {}, corner, ...across));
    const rows = this.#cells.map((cells, row) => element('tr', {}, down[row] ?? '', ...cells));
    this.#table.replaceChildren(head, element('tbody', {}, ...rows));
  }

  #paint(): void {
    const content = this.#content;
    if (!content) return;
    const { now } = content;
    this.#rows.forEach((slots, row) =>
      slots.forEach((slot, column) => {
        const cell = this.#cells[row]?.[column];
        if (!cell) return;
        const { text, label, look, share } = content.cell(slot);
        cell.textContent = text;
        cell.className = isSameSlot(slot, now) ? `${look} now` : look;
        cell.setAttribute('aria-label', label);
        cell.style.setProperty('--share', String(share));
      }),
    );
    this.#days.forEach((header, index) => header.classList.toggle('now', this.#words.order[index] === now.day));
    this.#hours.forEach((header, slot) => header.classList.toggle('now', slot === now.slot));
  }

  #move(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const from = this.#slotOf(event.target);
    if (!step || !from || event.altKey || event.metaKey) return;
    event.preventDefault();
    const row = this.#rows.findIndex((slots) => slots.some((slot) => isSameSlot(slot, from)));
    const column = this.#rows[row]?.findIndex((slot) => isSameSlot(slot, from)) ?? 0;
    // With Ctrl, Home and End lead to the corners.
    const rows = event.ctrlKey ? step[0] + step[1] : step[0];
    const target = this.#cells[within(row + rows, this.#cells.length)] ?? [];
    target[within(column + step[1], target.length)]?.focus();
  }

  #cellOf(wanted: WeekSlot): HTMLTableCellElement | undefined {
    const row = this.#upright ? wanted.slot : this.#words.order.indexOf(wanted.day);
    return this.#cells[row]?.[this.#upright ? this.#words.order.indexOf(wanted.day) : wanted.slot];
  }

  #slotOf(target: EventTarget | null): WeekSlot | undefined {
    const cell = target instanceof Element ? target.closest('td') : null;
    for (const [row, cells] of this.#cells.entries()) {
      const column = cells.findIndex((known) => known === cell);
      if (column >= 0) return this.#rows[row]?.[column];
    }
    return undefined;
  }
}

function makeCell(): HTMLTableCellElement {
  const cell = element('td');
  cell.setAttribute('role', 'gridcell');
  cell.tabIndex = -1;
  return cell;
}

function makeHeader(text: string, label: string): HTMLTableCellElement {
  const header = element('th', { textContent: text });
  header.setAttribute('aria-label', label);
  return header;
}

function within(index: number, length: number): number {
  return Math.min(length - 1, Math.max(0, index));
}
