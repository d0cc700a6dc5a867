import { element } from '../element';

/** A menu of check boxes, such as which types are shown. */
export class CheckMenu {
  readonly root: HTMLDetailsElement;
  readonly #title: string;
  readonly #summary = element('summary');
  readonly #list = element('div', { className: 'menu-list', role: 'group' });
  readonly #change: (hidden: readonly string[]) => void;
  #choices = '';
  #boxes: readonly HTMLInputElement[] = [];

  constructor(title: string, change: (hidden: readonly string[]) => void) {
    this.#title = title;
    this.#change = change;
    this.#list.setAttribute('aria-label', title);
    this.root = element('details', { className: 'menu' }, this.#summary, this.#list);
    this.root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.root.open) return;
      this.root.open = false;
      this.#summary.focus();
      event.stopPropagation();
    });
    this.root.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.root.contains(relatedTarget)) this.root.open = false;
    });
    document.addEventListener('pointerdown', ({ target }) => {
      if (target instanceof Node && !this.root.contains(target)) this.root.open = false;
    });
  }

  /** @param choices all there are; @param hidden those that are not chosen */
  set(choices: readonly string[], hidden: readonly string[]): void {
    const off = new Set(hidden);
    const count = choices.filter((choice) => off.has(choice)).length;
    this.#summary.textContent = count === 0 ? this.#title : `${this.#title} (${choices.length - count}/${choices.length})`;
    // It keeps its room: what lies under the toolbar is not to jump when choices come to be known.
    this.root.classList.toggle('unused', choices.length < 2);
    // Redrawn only where it must be: a box that is just being pressed would lose its focus.
    if (this.#choices !== choices.join('\n')) this.#fill(choices);
    this.#choices = choices.join('\n');
    for (const box of this.#boxes) box.checked = !off.has(box.value);
  }

  #fill(choices: readonly string[]): void {
    this.#boxes = choices.map((value) => element('input', { type: 'checkbox', value }));
    const labels = this.#boxes.map((box) => {
      box.addEventListener('change', () => this.#change(this.#boxes.filter(({ checked }) => !checked).map(({ value }) => value)));
      return element('label', {}, box, element('span', { dir: 'auto' }, box.value));
    });
    this.#list.replaceChildren(...labels);
  }
}
