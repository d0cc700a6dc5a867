import type { Format } from '../../core/format';
import type { Lanes, SketchedLane } from '../../core/timeline/lanes';
import { element } from '../element';
import type { LaneRow } from '../../core/timeline/timelineRows';

/** Lanes that the table has at most. */
export const MOST_TABLE_LANES = 100;

const COLUMNS = ['Area', 'Lane', 'Type', 'Active', 'States', 'Intervals', 'Lowest', 'Highest'];

/** What is seen of time as a table: a row a lane, with exact sums. */
export class DataTable {
  readonly root = element('div', { className: 'table', tabIndex: 0, role: 'region', ariaLabel: 'Table' });

  /** @param when what the numbers are over, in words @param total lanes there are */
  draw(rows: readonly LaneRow[], lanes: Lanes, when: string, total: number, format: Format): void {
    const caption = element('caption', {}, when);
    const head = element('tr', {}, ...COLUMNS.map((title) => element('th', { scope: 'col' }, title)));
    const areas = new Map(lanes.occupied.map((lane) => [lane.area, lane]));
    const entities = new Map(lanes.entities.map((lane) => [lane.entityId, lane]));
    const body = rows.map((row) =>
      lineOf(row, row.kind === 'occupied' ? areas.get(row.area) : entities.get(row.entityId), format),
    );
    const note =
      total > rows.length
        ? [
            element(
              'p',
              {},
              `The first ${format.number(rows.length)} of ${format.number(total)} lanes; filter them to see others.`,
            ),
          ]
        : [];
    this.root.replaceChildren(element('table', {}, caption, element('thead', {}, head), element('tbody', {}, ...body)), ...note);
  }
}

function lineOf(row: LaneRow, lane: SketchedLane | undefined, format: Format): HTMLTableRowElement {
  const times = (lane?.states ?? []).map((state, place) => ({ ...state, time: lane?.durations[place] ?? 0 }));
  const active = times.reduce((sum, state) => sum + (state.active ? state.time : 0), 0);
  const isNumeric = lane !== undefined && lane.low !== null;
  const states = times
    .filter(({ time, name }) => time > 0 && !(isNumeric && name === 'number'))
    .toSorted((left, right) => right.time - left.time)
    .map(({ name, time }) => `${name} ${format.duration(time / 1e6)}`);
  const cells = [
    row.kind === 'entity' ? row.entityType : '',
    isNumeric ? '' : format.duration(active / 1e6),
    states.join(', '),
    format.number(lane?.intervals ?? 0),
    numberText(lane?.low, format),
    numberText(lane?.high, format),
  ];
  const name = element(
    'th',
    { scope: 'row', dir: 'auto', title: row.kind === 'entity' ? row.entityId : '' },
    row.kind === 'entity' ? row.fullName : 'Occupied',
  );
  return element('tr', {}, element('td', { dir: 'auto' }, row.area ?? ''), name, ...cells.map((text) => element('td', {}, text)));
}

function numberText(number: number | null | undefined, format: Format): string {
  return number === null || number === undefined ? '' : format.number(number);
}
