import type { OverviewCell, OverviewColumn, OverviewSubject } from '../../core/overview/overviewModel';
import { button, element } from '../element';

/** What a press on a name, or on a link beside it, does. */
export interface Actions {
  open(subject: OverviewSubject): void;
  showTimeline(subject: OverviewSubject): void;
  showIntervals(subject: OverviewSubject): void;
}

/** Fills a cell: its text, a bar beside a number, links where it names an entity or an area. */
export function fillCell(made: HTMLTableCellElement, cell: OverviewCell, column: OverviewColumn, actions: Actions): void {
  const { text, hint, subject, isWarning } = cell;
  made.className = [column.align, ...(column.bars ? ['barred'] : []), ...(isWarning ? ['warning'] : [])].join(' ');
  if (subject) {
    made.append(...links(cell, subject, actions));
    return;
  }
  made.textContent = text;
  made.dir = 'auto';
  if (hint !== undefined) made.title = hint;
  if (column.bars) made.append(bar(cell.bar, column.bars));
}

function links({ text, hint }: OverviewCell, subject: OverviewSubject, actions: Actions): readonly Node[] {
  if ('area' in subject) return [link(text, hint, () => actions.open(subject))];
  const intervals = link('Intervals', `Show the intervals of ${text}`, () => actions.showIntervals(subject));
  intervals.classList.add('beside');
  return [link(text, hint && `${hint}: show its timeline`, () => actions.showTimeline(subject)), intervals];
}

export function link(text: string, title: string | undefined, run: () => void): HTMLButtonElement {
  const named = { className: 'link', dir: 'auto', textContent: text };
  return button(title === undefined ? named : { ...named, title }, run);
}

/** Only seen: the number beside it says the same. A cell without one keeps its room. */
function bar(length: number | undefined, bars: 'middle' | 'start'): HTMLElement {
  const made = element('span', { className: `bar ${length === undefined ? 'none' : bars}`, ariaHidden: 'true' });
  if (length === undefined) return made;
  const fill = element('span', { className: length < 0 ? 'fill against' : 'fill' });
  const [room, start] = bars === 'middle' ? [50, 50] : [100, 0];
  const width = Math.min(1, Math.abs(length)) * room;
  fill.style.width = `${width}%`;
  fill.style.left = `${length < 0 ? start - width : start}%`;
  made.append(fill);
  return made;
}
