import type { Format } from '../format';
import { describeVersion } from '../overview/schemaVersions';
import { escapeMarkdown } from '../text/escapeMarkdown';
import type { CheckReport } from './checkReport';
import { describeFinding, describeFindingRow } from './describeFinding';
import type { Finding, Severity } from './finding';

const severityWords: Readonly<Record<Severity, string>> = { error: 'Error', warning: 'Warning', info: 'Note' };

/** A check as a Markdown document. @param name of the database, as the tree calls it */
export function writeReport(report: CheckReport, name: string, format: Format): string {
  const { info, startedAt, milliseconds, intervals, findings } = report;
  const facts = [
    ['Database', info.path],
    ['Version', describeVersion(info)],
    ['File', `${format.fileSize(info.fileBytes)}, ${format.fileSize(info.walBytes)} in its -wal`],
    ['Checked', `${format.momentOf(startedAt)}, in ${format.duration(milliseconds / 1000)}`],
    ['Intervals', format.number(intervals)],
  ];
  const lines = [
    `# Check of ${escapeMarkdown(name)}`,
    '',
    summarizeCheck(report, format),
    '',
    '| | |',
    '| --- | --- |',
    ...facts.map(([label = '', value = '']) => `| ${label} | ${escapeMarkdown(value)} |`),
    ...findings.flatMap((finding) => ['', ...section(finding, format)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** `2 errors, 1 warning.` */
export function summarizeCheck({ findings }: Pick<CheckReport, 'findings'>, format: Format): string {
  if (findings.length === 0) return 'Nothing is wrong.';
  const kinds: readonly (readonly [Severity, string, string])[] = [
    ['error', 'error', 'errors'],
    ['warning', 'warning', 'warnings'],
    ['info', 'note', 'notes'],
  ];
  const parts = kinds.flatMap(([severity, one, many]) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [`${format.number(count)} ${count === 1 ? one : many}`] : [];
  });
  return `${parts.join(', ')}.`;
}

function section(finding: Finding, format: Format): string[] {
  const { title, explanation, nextStep } = describeFinding(finding, format);
  const { examples, count, severity } = finding;
  const rows = examples.map((row) => {
    const { label, detail } = describeFindingRow(row, format);
    return `| ${escapeMarkdown(label)} | ${escapeMarkdown(detail)} |`;
  });
  const more =
    count.capped || count.count > examples.length ? ['', `The first ${format.number(examples.length)} are shown.`] : [];
  return [
    `## ${severityWords[severity]}: ${title}`,
    '',
    explanation,
    '',
    nextStep,
    '',
    '| | |',
    '| --- | --- |',
    ...rows,
    ...more,
  ];
}
