import type { Cell, ExportColumn } from './exportColumns';

/** Rows on their way into a file, read in short steps. */
export interface RowStream {
  readonly columns: readonly Pick<ExportColumn<never>, 'name' | 'isTime'>[];
  /** @returns the rows that come next, which may be none, a cell a column; null when there are no more */
  step(): readonly (readonly Cell[])[] | null;
}

export function rowStream<Row>(columns: readonly ExportColumn<Row>[], step: () => readonly Row[] | null): RowStream {
  const cells = (row: Row): Cell[] => columns.map((column) => column.of(row));
  return { columns, step: () => step()?.map(cells) ?? null };
}

/** A stream of what is known as a whole. */
export function rowStreamOf<Row>(columns: readonly ExportColumn<Row>[], rows: readonly Row[]): RowStream {
  let left: readonly Row[] | null = rows;
  return rowStream(columns, () => {
    const step = left;
    left = null;
    return step;
  });
}
