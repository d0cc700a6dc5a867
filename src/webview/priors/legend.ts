import type { PriorsWords } from '../../core/priors/describeSlot';
import { describeClock } from '../../core/priors/describeWeek';
import { ASSUMED_PRIOR } from '../../core/priors/priorsWeek';
import { shadeRanges, SHADES } from '../../core/priors/priorScale';
import type { PriorsView } from '../../core/priors/priorsView';
import { element } from '../element';

/** What colours and marks stand for. */
export function legend(view: PriorsView, words: PriorsWords): HTMLElement[] {
  const shades = shadeRanges(view.top, words.format).map((range, shade) => item(range, 'learned', (shade + 0.5) / SHADES));
  const differences = view.differences ? [item('+ above', 'more', 1), item('− below', 'less', 1)] : [];
  return [
    element(
      'p',
      { className: 'legend' },
      ...shades,
      ...differences,
      item(`not learned, counts as ${words.format.percent(ASSUMED_PRIOR)}`, 'unlearned', 0),
      item('now', 'now', 0),
    ),
    element('p', { textContent: describeClock(view, words) }),
  ];
}

function item(meaning: string, look: string, share: number): HTMLElement {
  const swatch = element('span', { className: `swatch ${look}` });
  swatch.style.setProperty('--share', String(share));
  return element('span', { className: 'item' }, swatch, meaning);
}
