import type { Format } from '../format';
import { escapeMarkdown } from '../text/escapeMarkdown';
import type { PageRange } from './pageFile';
import type { LostRows, RecoveredTable, RecoveryReport } from './recoveryReport';

/** Ranges that are written out; a list of hundreds says no more. */
const MOST_RANGES = 20;

const schemas: Readonly<Record<RecoveryReport['schema'], string>> = {
  file: 'as the damaged file has them',
  known: 'as Area Occupancy Detection creates them: the damaged file no longer says',
  both: 'as the damaged file has them, and those it no longer names as Area Occupancy Detection creates them',
};

/** A recovery as a Markdown document. */
export function writeRecovery(report: RecoveryReport, format: Format): string {
  const { source, path, bytes, startedAt, milliseconds, pages, tables } = report;
  const facts = [
    ['Damaged file', source],
    ['New file', `${path}, ${format.fileSize(bytes)}`],
    ['Recovered', `${format.momentOf(startedAt)}, in ${format.duration(milliseconds / 1000)}`],
    ['Pages of the damaged file', format.number(pages)],
    ['Tables', schemas[report.schema]],
  ];
  const lines = [
    '# Recovery',
    '',
    summarizeRecovery(report, format),
    '',
    '| | |',
    '| --- | --- |',
    ...facts.map(([label = '', value = '']) => `| ${label} | ${escapeMarkdown(value)} |`),
    '',
    ...warnings(report, format).flatMap((text) => [text, '']),
    '## Rows',
    '',
    '| Table | Recovered | Unreadable | Refused | Lost pages |',
    '| --- | ---: | ---: | ---: | --- |',
    ...tables.map((table) => tableLine(table, format)),
    ...tables.flatMap((table) => lostSection(table, format)),
  ];
  return `${lines.join('\n')}\n`;
}

/** `12,034 rows recovered; parts of intervals are lost.` */
export function summarizeRecovery({ tables }: RecoveryReport, format: Format): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const damaged = tables.filter(isDamaged).map(({ table }) => table);
  const lost = damaged.length === 0 ? 'nothing is known to be lost' : `parts of ${damaged.join(', ')} are lost`;
  return `${format.number(rows)} ${rows === 1 ? 'row' : 'rows'} recovered; ${escapeMarkdown(lost)}.`;
}

function isDamaged({ damagedRows, lostPages }: RecoveredTable): boolean {
  return damagedRows > 0 || lostPages.length > 0;
}

function warnings(
  { missingPages, changedMeanwhile, hasVersion, lostIndexes, unknownPages }: RecoveryReport,
  format: Format,
): string[] {
  const texts: string[] = [];
  if (changedMeanwhile)
    texts.push('**The file was written while it was read.** Run the recovery again while Home Assistant is stopped.');
  if (!hasVersion)
    texts.push(
      '**The version of the database was lost.** Area Occupancy Detection deletes a database whose version it cannot read: add it to the table metadata before you use this file.',
    );
  if (missingPages.length > 0) texts.push(`The file ends early: pages ${rangesText(missingPages, format)} are not there.`);
  if (lostIndexes.length > 0)
    texts.push(`Not built again, since rows stand against it: ${lostIndexes.map(escapeMarkdown).join(', ')}.`);
  if (unknownPages.length > 0)
    texts.push(`Pages ${rangesText(unknownPages, format)} hold rows of which nobody can tell the table.`);
  return texts;
}

function tableLine({ table, rows, damagedRows, refusedRows, lostPages }: RecoveredTable, format: Format): string {
  const lost = lostPages.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const cells = [rows, damagedRows, refusedRows].map((count) => format.number(count));
  return `| ${escapeMarkdown(table)} | ${cells.join(' | ')} | ${lost > 0 ? format.number(lost) : ''} |`;
}

function lostSection({ table, lostPages, lostRows }: RecoveredTable, format: Format): string[] {
  if (lostPages.length === 0) return [];
  return [
    '',
    `## Lost of ${escapeMarkdown(table)}`,
    '',
    `Pages ${rangesText(lostPages, format)}. Rows that were in them, unless they were found elsewhere, had these ids:`,
    '',
    ...lostRows.slice(0, MOST_RANGES).map((rows) => `- ${idsText(rows, format)}`),
    ...(lostRows.length > MOST_RANGES ? [`- and ${format.number(lostRows.length - MOST_RANGES)} more ranges`] : []),
  ];
}

function idsText({ after, upTo }: LostRows, format: Format): string {
  if (after === null) return upTo === null ? 'any' : `up to ${format.number(upTo)}`;
  return upTo === null ? `from ${format.number(after + 1)}` : `${format.number(after + 1)} to ${format.number(upTo)}`;
}

function rangesText(ranges: readonly PageRange[], format: Format): string {
  const texts = ranges
    .slice(0, MOST_RANGES)
    .map(({ from, to }) => (from === to ? format.number(from) : `${format.number(from)}–${format.number(to)}`));
  return texts.join(', ') + (ranges.length > MOST_RANGES ? ', …' : '');
}
