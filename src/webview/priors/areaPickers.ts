import type { PriorsAddress } from '../../core/priors/priorsAddress';
import { element } from '../element';

type Areas = Pick<PriorsAddress, 'area' | 'other'>;

/** Which area is shown, and which one it is compared with. */
export class AreaPickers {
  readonly element = element('div', { className: 'pickers' });
  readonly #area = element('select', { id: 'area' });
  readonly #other = element('select', { id: 'other' });
  #shown: Areas = { area: '', other: null };

  constructor(onPick: (areas: Areas) => void) {
    this.element.append(labelled('Area', this.#area), labelled('Compare with', this.#other));
    this.#area.addEventListener('change', () => {
      const { area, other } = this.#shown;
      const picked = this.#area.value;
      // The area that is compared with is picked: the two change places.
      onPick({ area: picked, other: picked === other ? area : other });
    });
    // An area may have any name, so no comparison is told by its place.
    this.#other.addEventListener('change', () => {
      onPick({ ...this.#shown, other: this.#other.selectedIndex === 0 ? null : this.#other.value });
    });
  }

  draw(shown: Areas, names: readonly string[]): void {
    this.#shown = shown;
    // What is shown can be chosen even where it is no more, or the list would say something else.
    const all = [...new Set([...names, shown.area, ...(shown.other === null ? [] : [shown.other])])];
    this.#area.replaceChildren(...all.map((name) => option(name, name === shown.area)));
    const others = all.filter((name) => name !== shown.area);
    const none = option('—', shown.other === null);
    none.setAttribute('aria-label', 'no other area');
    this.#other.replaceChildren(none, ...others.map((name) => option(name, name === shown.other)));
  }
}

function labelled(text: string, select: HTMLSelectElement): HTMLElement {
  const label = element('label', { textContent: text });
  label.htmlFor = select.id;
  return element('span', { className: 'field' }, label, select);
}

function option(name: string, selected: boolean): HTMLOptionElement {
  const made = element('option', { textContent: name, dir: 'auto' });
  made.value = name;
  made.selected = selected;
  return made;
}
