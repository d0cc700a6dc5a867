import { displayWidth, fitTo } from '../displayWidth';
import { isEven, NAME_COLUMNS } from '../text/evenText';
import type { PlotWriter } from '../text/plotWriter';
import type { OverviewCell, OverviewColumn, OverviewTable } from './overviewModel';
import { barColumns, plotBar } from './plotBar';

/** Columns that a column of text has at most; the last one goes as far as it must. */
const MOST_COLUMNS = 26;
const GAP = '  ';

/** Where in the text a cell is: from `start` up to `end`, in UTF-16 units. */
export interface CellPlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly cell: OverviewCell;
}

/** Writes the rows of a table under its labels, each column as wide as what is in it. @returns where its cells are */
export function plotTable(writer: PlotWriter, { columns, rows }: OverviewTable, indent: string): CellPlace[] {
  const widths = columns.map((column, index) =>
    columnWidth(
      column,
      rows.map((row) => row[index]),
      index === columns.length - 1,
    ),
  );
  writer.write(indent);
  columns.forEach((column, index) => {
    const width = (widths[index] ?? 0) + (column.bars ? 1 + barColumns(column.bars) : 0);
    const label = fitTo(column.label, widths[index] ?? 0);
    const placed = column.align === 'end' ? label.trimEnd().padStart(widths[index] ?? 0) : label;
    writer.write(placed.padEnd(width) + GAP, 'faint');
  });
  writer.endLine();
  return rows.flatMap((row) => {
    writer.write(indent);
    const places = columns.flatMap((column, index) => {
      const cell = row[index];
      return cell ? [writeCell(writer, cell, column, widths[index] ?? 0)] : [];
    });
    writer.endLine();
    return places;
  });
}

function columnWidth({ label }: OverviewColumn, cells: readonly (OverviewCell | undefined)[], isLast: boolean): number {
  const width = Math.max(displayWidth(label), ...cells.map((cell) => (cell ? cellWidth(cell.text) : 0)));
  return isLast ? width : Math.min(MOST_COLUMNS, width);
}

function cellWidth(text: string): number {
  return isEven(text) ? displayWidth(text) : NAME_COLUMNS;
}

function writeCell(writer: PlotWriter, cell: OverviewCell, { align, bars }: OverviewColumn, width: number): CellPlace {
  const { line, character: start } = writer.place;
  if (!isEven(cell.text)) {
    // A span of its own: what is written from right to left would take its neighbours along.
    writer.write(fitTo(cell.text, NAME_COLUMNS), 'unevenName').write(' '.repeat(Math.max(0, width - NAME_COLUMNS)));
  } else {
    const fitted = fitTo(cell.text, width);
    writer.write(align === 'end' ? fitted.trimEnd().padStart(width) : fitted, cell.isWarning ? 'overlap' : undefined);
  }
  if (bars) {
    writer.write(' ');
    if (cell.bar === undefined) writer.write(' '.repeat(barColumns(bars)));
    else plotBar(writer, cell.bar, bars);
  }
  const { character: end } = writer.place;
  writer.write(GAP);
  return { line, start, end, cell };
}
