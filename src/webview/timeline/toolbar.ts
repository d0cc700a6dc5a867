import { isDay, type RangeLength } from '../../core/timeline/timelineRange';
import { button, element } from '../element';
import { CheckMenu } from './menu';

export interface ToolbarTarget {
  show(length: RangeLength): void;
  /** By as much as is shown: 1 later, -1 earlier. */
  move(steps: 1 | -1): void;
  today(): void;
  goTo(day: string): void;
  filterText(text: string): void;
  hideTypes(types: readonly string[]): void;
  hideStates(states: readonly string[]): void;
  toggleTable(): void;
  export(): void;
  asText(): void;
}

export interface ToolbarState {
  /** What is shown of time, in words. */
  readonly when: string;
  readonly length: RangeLength;
  readonly day: string;
  readonly text: string;
  readonly types: readonly string[];
  readonly hiddenTypes: readonly string[];
  readonly states: readonly string[];
  readonly hiddenStates: readonly string[];
  readonly asTable: boolean;
}

const RANGES: readonly (readonly [RangeLength, string, string])[] = [
  ['day', 'Day', 'Show a day (d)'],
  ['week', 'Week', 'Show a week (w)'],
  ['fourWeeks', '4 weeks', 'Show four weeks (m)'],
];

export class Toolbar {
  readonly root = element('div', { className: 'toolbar', role: 'toolbar', ariaLabel: 'Timeline' });
  readonly #ranges = new Map<RangeLength, HTMLButtonElement>();
  readonly #date = element('input', { type: 'date', title: 'Go to a date (g)', ariaLabel: 'Go to date' });
  readonly #text = element('input', { type: 'search', placeholder: 'Filter lanes', ariaLabel: 'Filter lanes by name' });
  readonly #types: CheckMenu;
  readonly #states: CheckMenu;
  readonly #table: HTMLButtonElement;
  readonly #when = element('span', { className: 'when' });

  constructor(target: ToolbarTarget) {
    this.#types = new CheckMenu('Types', (hidden) => target.hideTypes(hidden));
    this.#states = new CheckMenu('States', (hidden) => target.hideStates(hidden));
    this.#table = button({ textContent: 'Table', title: 'Show what is seen as a table' }, () => target.toggleTable());
    this.#date.addEventListener('change', () => {
      if (isDay(this.#date.value)) target.goTo(this.#date.value);
    });
    this.#text.addEventListener('input', () => target.filterText(this.#text.value));
    const ranges = RANGES.map(([length, name, title]) => {
      const made = button({ textContent: name, title }, () => target.show(length));
      this.#ranges.set(length, made);
      return made;
    });
    this.root.append(
      element('span', { className: 'group' }, ...ranges),
      element(
        'span',
        { className: 'group' },
        button({ textContent: '‹', title: 'Earlier (p)' }, () => target.move(-1)),
        button({ textContent: 'Today', title: 'Show today (t)' }, () => target.today()),
        button({ textContent: '›', title: 'Later (n)' }, () => target.move(1)),
        this.#date,
      ),
      element('span', { className: 'group' }, this.#text, this.#types.root, this.#states.root),
      element(
        'span',
        { className: 'group' },
        this.#table,
        button({ textContent: 'Export…', title: 'Export what is shown, as a picture or as rows' }, () => target.export()),
        button({ textContent: 'As text', title: 'Show this timeline as text' }, () => target.asText()),
      ),
      this.#when,
    );
  }

  set(state: ToolbarState): void {
    for (const [length, made] of this.#ranges) made.setAttribute('aria-pressed', String(length === state.length));
    this.#table.setAttribute('aria-pressed', String(state.asTable));
    if (document.activeElement !== this.#date) this.#date.value = state.day;
    if (document.activeElement !== this.#text) this.#text.value = state.text;
    this.#types.set(state.types, state.hiddenTypes);
    this.#states.set(state.states, state.hiddenStates);
    this.#when.textContent = state.when;
  }

  focusDate(): void {
    this.#date.focus();
    try {
      this.#date.showPicker();
    } catch {
      // A browser without one, or that wants a press of a button first: the field has the focus.
    }
  }
}
