import type { OverviewFact, OverviewSection } from '../../core/overview/overviewModel';
import { element } from '../element';
import { link } from './overviewCell';
import { type TableParts, TableView } from './tableView';

export interface SectionParts {
  /** @param id of the table's kind */
  tableParts(section: OverviewSection, id: string): TableParts;
  show(view: 'timeline' | 'priors', area: string): void;
}

/** A section that is drawn once and then changed where it did. */
export class SectionView {
  readonly element: HTMLElement;
  readonly #parts: SectionParts;
  readonly #heading = element('h2', { tabIndex: -1, dir: 'auto' });
  readonly #facts = element('dl');
  readonly #body = element('div');
  readonly #tables = new Map<string, TableView>();
  #filter = '';
  #drawnFacts = '';

  constructor(section: OverviewSection, parts: SectionParts) {
    this.#parts = parts;
    const { area } = section;
    const header = element('header', {}, this.#heading);
    if (area !== null) {
      header.append(link('Show Timeline', undefined, () => parts.show('timeline', area)));
      header.append(link('Show Priors', undefined, () => parts.show('priors', area)));
    }
    this.element = element('section', { className: area === null ? 'database' : 'area' }, header, this.#facts, this.#body);
    this.update(section);
  }

  update(section: OverviewSection): void {
    this.#heading.textContent = section.title;
    this.element.ariaLabel = section.title;
    this.#drawFacts(section.facts);
    const ids = new Set(section.tables.map(({ id }) => id));
    for (const [id, view] of this.#tables) {
      if (ids.has(id)) continue;
      view.element.remove();
      this.#tables.delete(id);
    }
    section.tables.forEach((table, index) => {
      const known = this.#tables.get(table.id);
      if (known) return known.update(table);
      const view = new TableView(table, this.#parts.tableParts(section, table.id));
      view.filter(this.#filter);
      this.#tables.set(table.id, view);
      this.#body.insertBefore(view.element, this.#body.children[index] ?? null);
    });
  }

  filter(text: string): void {
    this.#filter = text;
    for (const view of this.#tables.values()) view.filter(text);
  }

  /** Brings it into view, and goes on reading there. */
  go(): void {
    this.#heading.scrollIntoView({ block: 'start' });
    this.#heading.focus({ preventScroll: true });
  }

  #drawFacts(facts: readonly OverviewFact[]): void {
    const drawn = JSON.stringify(facts);
    if (drawn === this.#drawnFacts) return;
    this.#drawnFacts = drawn;
    const rows = facts.map(({ label, value, isWarning }) => {
      const shown = element('dd', { textContent: value, dir: 'auto', className: isWarning ? 'warning' : '' });
      return element('div', {}, element('dt', { textContent: label }), shown);
    });
    this.#facts.replaceChildren(...rows);
  }
}
