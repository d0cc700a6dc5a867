import { element } from '../element';

const ENTRIES: readonly (readonly [look: string, meaning: string])[] = [
  ['occupied', 'occupied'],
  ['active', 'active'],
  ['secondary', 'paused, standby, closing'],
  ['other', 'other states'],
  ['rest', 'off, closed, idle'],
  ['missing', 'unavailable'],
  ['unknown', 'nothing known'],
  ['overlap', 'states overlap'],
  ['number', 'number, low to high'],
];

/** What the colours and textures mean. */
export function makeLegend(): HTMLElement {
  const entries = ENTRIES.map(([look, meaning]) =>
    element('li', {}, element('span', { className: `swatch ${look}`, ariaHidden: 'true' }), meaning),
  );
  return element('ul', { className: 'legend', ariaLabel: 'Legend' }, ...entries);
}
