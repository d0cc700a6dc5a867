import type { OverviewCell, OverviewColumn, OverviewSubject } from '../../core/overview/overviewModel';
import { element } from '../element';

/** What a press on a name, or on a link beside it, does. */
export interface Actions {
  open(subject: OverviewSubject): void;
  showTimeline(subject: OverviewSubject): void;
  showIntervals(subject: OverviewSubject): void;
}

/** What is in a cell: its text, a bar beside a number, links where it names an entity or an area. */
export function cellContent(cell: OverviewCell, column: OverviewColumn, actions: Actions): readonly Node[] {
  const { subject } = cell;
  if (!subject) return [value(cell), ...(column.bars && cell.bar !== undefined ? [bar(cell.bar, column.bars)] : [])];
  if ('area' in subject) return [link(cell.text, cell.hint, () => actions.open(subject))];
  const intervals = link('Intervals', `Show the intervals of ${cell.text}`, () => actions.showIntervals(subject));
  intervals.classList.add('beside');
  return [link(cell.text, cell.hint && `${cell.hint}: show its timeline`, () => actions.showTimeline(subject)), intervals];
}

export function link(text: string, title: string | undefined, run: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', className: 'link', dir: 'auto', textContent: text });
  if (title !== undefined) made.title = title;
  made.addEventListener('click', run);
  return made;
}

function value({ text, hint, isWarning }: OverviewCell): HTMLElement {
  const made = element('span', { className: isWarning ? 'value warning' : 'value', dir: 'auto', textContent: text });
  if (hint !== undefined) made.title = hint;
  return made;
}

/** Only seen: the number beside it says the same. */
function bar(length: number, bars: 'middle' | 'start'): HTMLElement {
  const fill = element('span', { className: length < 0 ? 'fill against' : 'fill' });
  const [room, start] = bars === 'middle' ? [50, 50] : [100, 0];
  const width = Math.min(1, Math.abs(length)) * room;
  fill.style.width = `${width}%`;
  fill.style.left = `${length < 0 ? start - width : start}%`;
  return element('span', { className: `bar ${bars}`, ariaHidden: 'true' }, fill);
}
