import { describeFinding, describeFindingRow } from '../check/describeFinding';
import type { FindingRow, Severity } from '../check/finding';
import { summarizeCheck } from '../check/writeReport';
import type { Format } from '../format';
import type { CheckedNode, FindingNode, FindingRowNode } from './nodes';
import type { Presentation } from './presentation';

const icons: Readonly<Record<Severity, { readonly icon: string; readonly color: string }>> = {
  error: { icon: 'error', color: 'problemsErrorIcon.foreground' },
  warning: { icon: 'warning', color: 'problemsWarningIcon.foreground' },
  info: { icon: 'info', color: 'problemsInfoIcon.foreground' },
};

const rowIcons: Readonly<Record<FindingRow['kind'], string>> = {
  text: 'circle-small',
  orphans: 'debug-disconnect',
  overdue: 'history',
  area: 'home',
  entity: 'symbol-property',
  entityTime: 'symbol-property',
  interval: 'symbol-event',
  written: 'symbol-event',
  file: 'file',
};

export function presentChecked({ name, database, findings }: CheckedNode, format: Format): Presentation {
  const summary = summarizeCheck({ findings }, format).replace(/\.$/, '');
  const abilities = ['canShowFindings', ...(findings.some(({ rule }) => rule === 'damaged') ? ['canRecover'] : [])];
  return {
    label: name,
    description: summary,
    icon: 'database',
    tooltip: [database, summary],
    spoken: `Database ${name}, ${summary}`,
    opens: 'expanded',
    abilities,
  };
}

export function presentFinding({ finding }: FindingNode, format: Format): Presentation {
  const { title, explanation, nextStep } = describeFinding(finding, format);
  return {
    label: title,
    description: '',
    ...icons[finding.severity],
    tooltip: [title, explanation, nextStep],
    spoken: `${finding.severity}: ${title}. ${explanation}`,
    opens: finding.severity === 'error' ? 'expanded' : 'collapsed',
    abilities: ['canShowFindings', ...(finding.rule === 'damaged' ? ['canRecover'] : [])],
  };
}

export function presentFindingRow({ row }: FindingRowNode, format: Format): Presentation {
  const { label, detail } = describeFindingRow(row, format);
  return {
    label,
    description: detail,
    icon: rowIcons[row.kind],
    tooltip: detail === '' ? [label] : [label, detail],
    spoken: detail === '' ? label : `${label}: ${detail}`,
    opens: 'no',
    abilities: [],
  };
}

/** Whether there is a row of another view that it is about. */
export function leadsSomewhere(row: FindingRow): boolean {
  return (
    row.kind === 'area' || row.kind === 'entity' || row.kind === 'entityTime' || row.kind === 'interval' || row.kind === 'written'
  );
}
