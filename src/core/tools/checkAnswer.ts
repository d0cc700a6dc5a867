import type { CheckReport } from '../check/checkReport';
import { describeFinding, describeFindingRow } from '../check/describeFinding';
import type { Severity } from '../check/finding';
import { summarizeCheck } from '../check/writeReport';
import type { Format } from '../format';
import { fitList } from './fitList';
import { optionalChoice, optionalCount, type ToolInput } from './toolInput';

const gravest: readonly Severity[] = ['error', 'warning', 'info'];

export interface CheckChoice {
  /** The least grave that is told. */
  readonly severity: Severity;
  /** Examples of each finding at most. */
  readonly examples: number;
}

/** Before the check, which may take long. Throws InvalidDataError. */
export function checkChoice(input: ToolInput): CheckChoice {
  return {
    severity: optionalChoice(input, 'severity', ['info', 'warning', 'error']),
    examples: optionalCount(input, 'examples', 3, 20),
  };
}

/** What a check found, the gravest first. */
export function checkAnswer(report: CheckReport, { severity, examples }: CheckChoice, format: Format): object {
  const told = report.findings.filter((finding) => gravest.indexOf(finding.severity) <= gravest.indexOf(severity));
  const findings = told.map((finding) => {
    const { title, explanation, nextStep } = describeFinding(finding, format);
    const { rule, count } = finding;
    return {
      severity: finding.severity,
      rule,
      title,
      explanation,
      nextStep,
      rows: count.capped ? `more than ${count.count}` : count.count,
      examples: finding.examples.slice(0, examples).map((row) => {
        const { label, detail } = describeFindingRow(row, format);
        return `${label}: ${detail}`;
      }),
    };
  });
  const kept = fitList(findings);
  const left = report.findings.length - kept.length;
  const how =
    'Call again with fewer "examples", or "severity": "error"; the user can run “Area Occupancy: Check Database…” for all.';
  return {
    database: report.info.path,
    summary: summarizeCheck(report, format),
    intervalsChecked: report.intervals,
    findings: kept,
    ...(left > 0 && { omitted: { count: left, how } }),
  };
}
