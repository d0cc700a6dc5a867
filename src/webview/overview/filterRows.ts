import type { OverviewRow } from '../../core/overview/overviewModel';

/** The rows of entities that contain the text, in whichever case, and every other row. */
export function filterRows(rows: readonly OverviewRow[], text: string): readonly OverviewRow[] {
  const wanted = text.trim().toLocaleLowerCase();
  return wanted === '' ? rows : rows.filter((row) => !isOfEntity(row) || contains(row, wanted));
}

function isOfEntity(row: OverviewRow): boolean {
  const subject = row[0]?.subject;
  return subject !== undefined && 'entity' in subject;
}

function contains(row: OverviewRow, wanted: string): boolean {
  return row.some(
    ({ text, hint = '' }) => text.toLocaleLowerCase().includes(wanted) || hint.toLocaleLowerCase().includes(wanted),
  );
}
