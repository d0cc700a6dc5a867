import { displayWidth, fitTo } from '../displayWidth';
import type { PlotSpan } from '../text/plotSpan';
import { PlotWriter } from '../text/plotWriter';
import { wrap } from '../wrap';
import type { OverviewCell, OverviewFact, OverviewSection, OverviewTable } from './overviewModel';
import { explainOnce } from './explainOnce';
import { type CellPlace, plotTable } from './plotTable';

/** Columns of sentences, and of the value of a fact. */
const TEXT_COLUMNS = 96;
const LONGEST_TITLE = 80;
const INDENT = '  ';

/** An overview as text, and where its cells are. */
export interface OverviewPlot {
  readonly text: string;
  readonly spans: readonly PlotSpan[];
  readonly places: readonly CellPlace[];
}

/** Writes an overview as text: the sections under each other. */
export function plotOverview(sections: readonly OverviewSection[]): OverviewPlot {
  const writer = new PlotWriter();
  const places = explainOnce(sections).flatMap((section, index) => {
    if (index > 0) writer.endLine().endLine();
    return plotSection(writer, section);
  });
  return { text: writer.text, spans: writer.spans, places };
}

/** The cell at a place in the text; undefined beside the tables. */
export function overviewCellAt({ places }: OverviewPlot, line: number, character: number): OverviewCell | undefined {
  return places.find((place) => place.line === line && place.start <= character && character < place.end)?.cell;
}

function plotSection(writer: PlotWriter, { title, facts, tables }: OverviewSection): CellPlace[] {
  const heading = fitTo(title, Math.min(LONGEST_TITLE, displayWidth(title)));
  writer.write(heading, 'title').endLine();
  writer.write('─'.repeat(displayWidth(heading)), 'faint').endLine();
  plotFacts(writer, facts);
  return tables.flatMap((table) => {
    writer.endLine();
    return plotTitled(writer, table);
  });
}

function plotFacts(writer: PlotWriter, facts: readonly OverviewFact[]): void {
  const width = Math.max(0, ...facts.map(({ label }) => displayWidth(label)));
  for (const { label, value, isWarning } of facts) {
    const lines = wrap(value, TEXT_COLUMNS - width - INDENT.length);
    lines.forEach((line, index) => {
      writer
        .write(index === 0 ? label.padEnd(width) : ' '.repeat(width), 'faint')
        .write(INDENT)
        .write(line, isWarning ? 'overlap' : undefined)
        .endLine();
    });
  }
}

function plotTitled(writer: PlotWriter, table: OverviewTable): CellPlace[] {
  writer.write(table.title, 'title').endLine();
  if (table.meaning !== undefined && table.rows.length > 0) plotSentence(writer, table.meaning);
  const places = table.rows.length > 0 ? plotTable(writer, table, INDENT) : [];
  if (table.note !== undefined) plotSentence(writer, table.note);
  return places;
}

function plotSentence(writer: PlotWriter, sentence: string): void {
  for (const line of wrap(sentence, TEXT_COLUMNS)) writer.write(INDENT + line, 'faint').endLine();
}
