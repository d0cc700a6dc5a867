import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { WritingOptions } from '../../client/databaseJobs';
import type { BackupReport } from '../../core/backup/backupReport';
import { asOccupancyError } from '../../core/errors';
import { exportFileName } from '../../core/export/exportFileName';
import type { Format } from '../../core/format';
import { summarizeRecovery, writeRecovery } from '../../core/recover/writeRecovery';
import { localDay } from '../../core/time';
import type { Databases } from '../databases';
import type { DatabaseSession } from '../databaseSession';
import type { ReportDocuments } from '../documents/reportDocuments';
import { offer } from '../offer';
import type { OfDatabase } from '../pickDatabase';
import { pickFile } from '../pickFile';
import { withJobProgress } from '../withJobProgress';
import { chooseTarget } from './chooseTarget';
import { removePart } from './saveWhole';

export interface BackUpParts {
  readonly databases: Databases;
  readonly format: Format;
  /** IANA name */
  readonly timeZone: string;
}

export interface WriteDatabaseParts extends BackUpParts {
  readonly reports: ReportDocuments;
}

/**
 * Copies a database into a file of the user's choice. It writes nothing but that file, which the user names each time, so that
 * Restricted Mode allows it, as it allows an export.
 */
export async function backUpDatabase(parts: WriteDatabaseParts, of?: OfDatabase): Promise<void> {
  const { databases, format } = parts;
  const session = await pickFile(databases, of, vscode.l10n.t('Back Up Database'));
  const report = session && (await backUpSession(parts, session));
  if (!report) return;
  const rows = report.tables.reduce((sum, table) => sum + table.rows, 0);
  const size = format.fileSize(report.bytes);
  const text = vscode.l10n.t(
    '{0} has the state of {1}: {2} rows, {3}, verified.',
    basename(report.path),
    format.timeOf(report.takenAt),
    format.number(rows),
    size,
  );
  void offer('information', text, reveal(vscode.Uri.file(report.path)));
}

/** The same, of a database that is known. @returns undefined when the user chose no file. Throws what a backup does */
export async function backUpSession(parts: BackUpParts, session: DatabaseSession): Promise<BackupReport | undefined> {
  const target = await chooseDatabase(parts, session, vscode.l10n.t('Back Up Database'), 'backup');
  if (!target) return undefined;
  const title = vscode.l10n.t('Backing up {0}', session.name);
  return write(target, title, parts.format, (options) => session.reader.jobs.backup(target.fsPath, options));
}

/** Copies what can be read of a damaged file into a file of the user's choice; the damaged one stays as it is. */
export async function recoverDatabase(parts: WriteDatabaseParts, of?: OfDatabase): Promise<void> {
  const { databases, reports, format } = parts;
  const session = await pickFile(databases, of, vscode.l10n.t('Recover Database'));
  const target = session && (await chooseDatabase(parts, session, vscode.l10n.t('Recover Database'), 'recovered'));
  if (!target) return;
  const title = vscode.l10n.t('Recovering {0}', session.name);
  const report = await write(target, title, format, (options) => session.reader.jobs.recover(target.fsPath, options));
  if (!report) return;
  await reports.show(vscode.l10n.t('Recovery of {0}', session.name), writeRecovery(report, format));
  void offer('information', `${basename(target.path)}: ${summarizeRecovery(report, format)}`, reveal(target));
}

function chooseDatabase(
  { databases, timeZone }: BackUpParts,
  { path }: DatabaseSession,
  title: string,
  what: string,
): Promise<vscode.Uri | undefined> {
  const name = exportFileName([basename(path, '.db'), what, localDay(Date.now(), timeZone)], 'db');
  return chooseTarget(databases, title, name, { [vscode.l10n.t('Databases')]: ['db'] }, vscode.l10n.t('Save'));
}

/** Writes it; over a file that is there only after a question of its own. @returns undefined when the user said no */
async function write<T>(
  target: vscode.Uri,
  title: string,
  format: Format,
  run: (options: WritingOptions) => Promise<T>,
): Promise<T | undefined> {
  const attempt = (overwrite: boolean): Promise<T> =>
    withJobProgress(title, format, async (how) => {
      try {
        return await run({ ...how, overwrite });
      } catch (error) {
        // Its process was ended before it could clear up after itself.
        if (['CANCELLED', 'PROCESS_ENDED'].includes(asOccupancyError(error).code)) await removePart(target);
        throw error;
      }
    });
  try {
    return await attempt(false);
  } catch (error) {
    if (asOccupancyError(error).code !== 'TARGET_EXISTS') throw error;
    return (await confirmReplacing(target)) ? attempt(true) : undefined;
  }
}

async function confirmReplacing(target: vscode.Uri): Promise<boolean> {
  const replace = vscode.l10n.t('Replace');
  const question = vscode.l10n.t('Replace {0}?', basename(target.path));
  const detail = vscode.l10n.t(
    '{0} is there already. It stays as it is until the new one is whole and verified, and is gone then.',
    target.fsPath,
  );
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, replace)) === replace;
}

function reveal(target: vscode.Uri): { title: string; run: () => unknown } {
  return { title: vscode.l10n.t('Show File'), run: () => vscode.commands.executeCommand('revealInExplorer', target) };
}
