import type { RowLayout } from '../../core/timeline/rowLayout';
import type { TimelineRow } from '../../core/timeline/timelineRows';
import { element } from '../element';

/** The names at the left of the lanes: of 10,000 rows those that can be seen. */
export class NamesColumn {
  readonly root = element('div', { className: 'names', ariaHidden: 'true' });
  readonly #list = element('div', { className: 'names-list' });
  #shown = '';
  #layout: RowLayout | undefined;

  constructor() {
    this.root.append(this.#list);
  }

  /** @param scroll pixels of CSS that are scrolled away @param height pixels of CSS @param current row of the keyboard cursor, or -1 */
  draw(layout: RowLayout, scroll: number, height: number, current: number): void {
    const { first, end } = layout.visible(scroll, height);
    const shown = `${first} ${end} ${current}`;
    this.#list.style.transform = `translateY(${-scroll}px)`;
    if (shown === this.#shown && layout === this.#layout) return;
    this.#shown = shown;
    this.#layout = layout;
    this.#list.replaceChildren(
      ...layout.rows.slice(first, end).map((row, offset) => nameOf(row, layout, first + offset, first + offset === current)),
    );
  }
}

function nameOf(row: TimelineRow, layout: RowLayout, index: number, isCurrent: boolean): HTMLElement {
  const isEntity = row.kind === 'entity';
  const title = isEntity
    ? [row.fullName, ...(row.entityId === row.fullName ? [] : [row.entityId]), row.entityType].join('\n')
    : row.area;
  const name = element('div', { className: `name ${row.kind}${isCurrent ? ' current' : ''}`, title });
  // The name alone: what is written from right to left would take a neighbour along.
  name.append(element('span', { dir: 'auto' }, row.kind === 'area' ? row.area : row.name));
  name.style.top = `${layout.top(index)}px`;
  name.style.height = `${layout.heightOf(index)}px`;
  return name;
}
