import { asOccupancyError } from '../../core/errors';
import { explainOnce } from '../../core/overview/explainOnce';
import type { OverviewSection, OverviewSubject } from '../../core/overview/overviewModel';
import type { OverviewRequests, ShowRequest } from '../../protocol/overviewRequests';
import { element } from '../element';
import type { Link } from '../link';
import { link } from './overviewCell';
import { type OverviewState, readState } from './overviewState';
import { SectionView } from './sectionView';
import type { TableParts } from './tableView';

/** ms without scrolling after which the place is kept. */
const SCROLLED = 200;

/** The page of an overview: a bar with the areas and the filter, and a section each. */
export class OverviewPage {
  readonly #link: Link<OverviewRequests, OverviewState>;
  readonly #areas = element('nav', { ariaLabel: 'Areas' });
  readonly #fault = element('div', { className: 'fault', role: 'alert', hidden: true });
  readonly #main = element('main', { ariaBusy: 'true' });
  readonly #views = new Map<string, SectionView>();
  #state: OverviewState;
  #reading = false;
  #isBehind = false;
  #scrolling: number | undefined;

  constructor(line: Link<OverviewRequests, OverviewState>) {
    this.#link = line;
    this.#state = readState(line.state);
    const filter = element('input', { type: 'search', placeholder: 'Filter entities', value: this.#state.filter });
    filter.ariaLabel = 'Filter entities by name, id or type';
    filter.addEventListener('input', () => this.#filter(filter.value));
    const asText = link('Show as Text', undefined, () => void line.showAsText());
    document.body.append(element('header', { className: 'top' }, this.#areas, filter, asText), this.#fault, this.#main);
    document.addEventListener('scroll', () => this.#keepPlace());
    line.onChanged(() => void this.read());
  }

  /** Reads everything and draws what changed. One reading at a time: what changes meanwhile is read afterwards. */
  async read(): Promise<void> {
    this.#isBehind = true;
    if (this.#reading) return;
    this.#reading = true;
    while (this.#isBehind) {
      this.#isBehind = false;
      await this.#readOnce();
    }
    this.#reading = false;
  }

  /** Never rejects. */
  async #readOnce(): Promise<void> {
    try {
      const { section, areas } = await this.#link.request('getDatabase', null);
      const sections = await Promise.all(areas.map((area) => this.#readArea(area)));
      this.#tell('');
      this.#draw([section, ...sections]);
    } catch (thrown) {
      const { message, nextStep } = asOccupancyError(thrown);
      const stays = this.#views.size > 0 ? ' What is shown below was read before.' : '';
      this.#tell(`${message} ${nextStep}${stays}`);
    }
    this.#main.ariaBusy = 'false';
  }

  /** An area that is gone says so in its own section. */
  async #readArea(area: string): Promise<OverviewSection> {
    try {
      return await this.#link.request('getArea', { area, all: this.#state.all.includes(area) });
    } catch (thrown) {
      const { code, message, nextStep } = asOccupancyError(thrown);
      if (code !== 'SCHEMA') throw thrown;
      const fault = { label: 'Fault', value: `${message} ${nextStep}`, isWarning: true };
      return { id: `area:${area}`, title: area, area, facts: [fault], tables: [] };
    }
  }

  #tell(fault: string): void {
    this.#fault.hidden = fault === '';
    if (this.#fault.textContent !== fault) this.#fault.textContent = fault;
  }

  #draw(sections: readonly OverviewSection[]): void {
    const isFirst = this.#views.size === 0;
    const ids = new Set(sections.map(({ id }) => id));
    for (const [id, view] of this.#views) {
      if (ids.has(id)) continue;
      view.element.remove();
      this.#views.delete(id);
    }
    explainOnce(sections).forEach((section, index) => {
      const known = this.#views.get(section.id);
      if (known) return known.update(section);
      const view = new SectionView(section, {
        tableParts: (of, id) => this.#tableParts(of, id),
        show: (other, area) => this.#show({ view: other, subject: { area } }),
      });
      view.filter(this.#state.filter);
      this.#views.set(section.id, view);
      this.#main.insertBefore(view.element, this.#main.children[index] ?? null);
    });
    this.#drawAreas(sections);
    if (isFirst) window.scrollTo(0, this.#state.scroll);
  }

  #drawAreas(sections: readonly OverviewSection[]): void {
    const drawn = [...this.#areas.children].map(({ textContent }) => textContent);
    if (JSON.stringify(sections.map(({ title }) => title)) === JSON.stringify(drawn)) return;
    this.#areas.replaceChildren(...sections.map(({ id, title }) => link(title, undefined, () => this.#views.get(id)?.go())));
  }

  #tableParts({ area }: OverviewSection, id: string): TableParts {
    return {
      actions: {
        open: (subject) => this.#open(subject),
        showTimeline: (subject) => this.#show({ view: 'timeline', subject }),
        showIntervals: (subject) => this.#show({ view: 'intervals', subject }),
      },
      sorting: this.#state.sortings[id],
      onSort: (sorting) => this.#keep({ sortings: { ...this.#state.sortings, [id]: sorting } }),
      readAll: () => {
        if (area === null || this.#state.all.includes(area)) return;
        this.#keep({ all: [...this.#state.all, area] });
        void this.read();
      },
    };
  }

  /** An area that is on this page is gone to; another has an overview of its own. */
  #open(subject: OverviewSubject): void {
    const view = 'area' in subject ? this.#views.get(`area:${subject.area}`) : undefined;
    if (view) view.go();
    else this.#show({ view: 'overview', subject });
  }

  #show(request: ShowRequest): void {
    this.#link.request('show', request).catch((thrown: unknown) => this.#tell(asOccupancyError(thrown).message));
  }

  #filter(filter: string): void {
    this.#keep({ filter });
    for (const view of this.#views.values()) view.filter(filter);
  }

  #keepPlace(): void {
    clearTimeout(this.#scrolling);
    this.#scrolling = window.setTimeout(() => this.#keep({ scroll: window.scrollY }), SCROLLED);
  }

  #keep(change: Partial<OverviewState>): void {
    this.#state = { ...this.#state, ...change };
    this.#link.keep(this.#state);
  }
}
