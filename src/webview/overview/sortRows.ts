import type { OverviewCell, OverviewRow } from '../../core/overview/overviewModel';

/** By which column a table is sorted. */
export interface Sorting {
  readonly column: number;
  readonly descending: boolean;
}

const byText = new Intl.Collator(undefined, { numeric: true });

/** The rows in their order; what has no number goes last either way. */
export function sortRows(rows: readonly OverviewRow[], sorting: Sorting | undefined): readonly OverviewRow[] {
  if (!sorting) return rows;
  const { column, descending } = sorting;
  return rows.toSorted((left, right) => compare(left[column], right[column], descending));
}

function compare(left: OverviewCell | undefined, right: OverviewCell | undefined, descending: boolean): number {
  const [one, other] = [left?.order, right?.order];
  const sign = descending ? -1 : 1;
  if (one !== undefined && other !== undefined) return sign * (one - other);
  if (one !== undefined || other !== undefined) return one === undefined ? 1 : -1;
  return sign * byText.compare(left?.text ?? '', right?.text ?? '');
}
