import * as vscode from 'vscode';
import { isDamaged, type CheckReport } from '../../core/check/checkReport';
import { summarizeCheck, writeReport } from '../../core/check/writeReport';
import { asOccupancyError } from '../../core/errors';
import { exportFileName } from '../../core/export/exportFileName';
import type { Format } from '../../core/format';
import type { Checks } from '../checks';
import type { Databases } from '../databases';
import type { DatabaseSession } from '../databaseSession';
import type { ReportDocuments } from '../documents/reportDocuments';
import { commandIds } from '../ids';
import { offer, type Offer } from '../offer';
import { pickDatabase, type OfDatabase } from '../pickDatabase';
import { pickFile } from '../pickFile';
import { showFault } from '../showFault';
import { withJobProgress } from '../withJobProgress';
import { chooseTarget } from './chooseTarget';
import { saveWhole } from './saveWhole';

export interface CheckCommandParts {
  readonly databases: Databases;
  readonly checks: Checks;
  readonly reports: ReportDocuments;
  readonly format: Format;
  readonly log: vscode.LogOutputChannel;
}

/** Checks a database and shows what was found. It only reads, so Restricted Mode allows it. */
export async function checkDatabase({ databases, checks, format, log }: CheckCommandParts, of?: OfDatabase): Promise<void> {
  const session = await pickFile(databases, of, vscode.l10n.t('Check Database'));
  if (!session) return;
  let report: CheckReport;
  try {
    const title = vscode.l10n.t('Checking {0}', session.name);
    report = await withJobProgress(title, format, (how) => session.reader.jobs.checkIntegrity(how));
  } catch (thrown) {
    const { code } = asOccupancyError(thrown);
    const isFileFault = code === 'DATABASE_CORRUPT' || code === 'NOT_A_DATABASE';
    return void showFault(commandIds.checkIntegrity, thrown, log, ...(isFileFault ? [recoverOffer(session)] : []));
  }
  await checks.add(session, report);
  const summary = `${session.name}: ${summarizeCheck(report, format)}`;
  const show = {
    title: vscode.l10n.t('Show Report'),
    run: () => vscode.commands.executeCommand(commandIds.showFindings, { database: session.path } satisfies OfDatabase),
  };
  const hasErrors = report.findings.some(({ severity }) => severity === 'error');
  // The notification is not waited for: the command is over.
  void offer(hasErrors ? 'warning' : 'information', summary, show, ...(isDamaged(report) ? [recoverOffer(session)] : []));
}

/** Opens the report of the latest check. */
export async function showFindings({ databases, checks, reports, format }: CheckCommandParts, of?: OfDatabase): Promise<void> {
  const found = await pickReport(databases, checks, of, vscode.l10n.t('Show Check Report'));
  if (found)
    await reports.show(vscode.l10n.t('Check of {0}', found.session.name), writeReport(found.report, found.session.name, format));
}

/** Writes the report of the latest check into a file: as Markdown, or all its facts as JSON. */
export async function exportFindings({ databases, checks, format }: CheckCommandParts, of?: OfDatabase): Promise<void> {
  const title = vscode.l10n.t('Export Check Report');
  const found = await pickReport(databases, checks, of, title);
  if (!found) return;
  const { session, report } = found;
  const name = exportFileName([session.name, 'check'], 'md');
  const target = await chooseTarget(databases, title, name, { Markdown: ['md'], JSON: ['json'] });
  if (!target) return;
  const text = target.path.endsWith('.json') ? `${JSON.stringify(report, null, 2)}\n` : writeReport(report, session.name, format);
  await saveWhole(target, new TextEncoder().encode(text));
  void offer('information', vscode.l10n.t('Wrote the report to {0}.', target.path.split('/').at(-1) ?? ''), {
    title: vscode.l10n.t('Open'),
    run: () => vscode.window.showTextDocument(target),
  });
}

function recoverOffer({ path }: DatabaseSession): Offer {
  const of: OfDatabase = { database: path };
  return { title: vscode.l10n.t('Recover…'), run: () => vscode.commands.executeCommand(commandIds.recover, of) };
}

async function pickReport(
  databases: Databases,
  checks: Checks,
  of: OfDatabase | undefined,
  title: string,
): Promise<{ session: DatabaseSession; report: CheckReport } | undefined> {
  const session = await pickDatabase(databases, of, title);
  const report = session && checks.report(session.path);
  if (session && !report) {
    const check = {
      title: vscode.l10n.t('Check Database'),
      run: () => vscode.commands.executeCommand(commandIds.checkIntegrity, { database: session.path } satisfies OfDatabase),
    };
    void offer('information', vscode.l10n.t('{0} was not checked yet.', session.name), check);
  }
  return session && report && { session, report };
}
