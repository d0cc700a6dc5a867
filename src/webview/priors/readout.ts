import { describeHour, describePrior, differenceText, type PriorsWords } from '../../core/priors/describeSlot';
import type { PriorsView } from '../../core/priors/priorsView';
import type { WeekSlot } from '../../core/priors/weekSlot';
import { element } from '../element';

/** What is to be said of the hour under the pointer or the keyboard: of both areas beside each other. */
export function readout(view: PriorsView, slot: WeekSlot, words: PriorsWords): HTMLElement[] {
  const [hour = '', ...more] = describeHour(view, slot, words);
  const difference = view.differences ? [differenceText(view, slot, words)] : [];
  const heading = element('p', { className: 'hour' }, element('strong', { textContent: hour }));
  for (const text of [...more, ...difference]) heading.append(element('span', { textContent: text }));
  const columns = view.weeks.map((week) => {
    const [prior = '', ...origin] = describePrior(week, slot, words);
    const lines = origin.map((line) => element('p', { className: 'origin', textContent: line }));
    const name = element('bdi', { textContent: week.areaName });
    return element('div', {}, element('p', { className: 'prior' }, name, prior.slice(week.areaName.length)), ...lines);
  });
  return [heading, element('div', { className: 'columns' }, ...columns)];
}
