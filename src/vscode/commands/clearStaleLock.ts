import { basename } from 'node:path';
import * as vscode from 'vscode';
import { explainLock } from '../../core/lock/explainLock';
import type { LockInspection } from '../../core/lock/lockInspection';
import type { Databases } from '../databases';
import { commandIds } from '../ids';
import { offer } from '../offer';
import { pickDatabase, type OfDatabase } from '../pickDatabase';
import { refuseSnapshot } from '../refuseSnapshot';
import { refuseUntrusted } from '../refuseUntrusted';

/**
 * Explains the lock, asks only when there is something to remove, and removes it only if it is still the very lock that was
 * explained. The decision is made in the database process, under the guard.
 */
export async function clearStaleLock(databases: Databases, of?: OfDatabase): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    return refuseUntrusted(
      vscode.l10n.t('Locks are not removed in Restricted Mode. Trust this workspace first; reading works without.'),
    );
  }
  const session = await pickDatabase(databases, of, vscode.l10n.t('Clear Stale Lock'));
  if (!session || (await refuseSnapshot(session))) return;
  const inspection = await session.reader.inspectLock();
  if (inspection.state !== 'stale') return explain(session.path, inspection);
  if (!(await confirm(inspection))) return;
  const { outcome, reason } = await session.reader.clearStaleLock(inspection);
  session.lock = await session.reader.inspectLock();
  databases.announceLock();
  if (outcome === 'refused') void vscode.window.showWarningMessage(reason);
  else void vscode.window.showInformationMessage(reason);
}

async function explain(path: string, inspection: LockInspection): Promise<void> {
  const { headline, meaning } = explainLock(inspection);
  const show = {
    title: vscode.l10n.t('Show Lock'),
    run: () => vscode.commands.executeCommand(commandIds.showLock, { database: path } satisfies OfDatabase),
  };
  await offer('information', `${headline}. ${meaning}`, ...(inspection.state === 'free' ? [] : [show]));
}

async function confirm(inspection: LockInspection): Promise<boolean> {
  const { headline, meaning } = explainLock(inspection);
  const remove = vscode.l10n.t('Remove Lock');
  const detail = [inspection.path, '', ...inspection.evidence, '', meaning].join('\n');
  const question = vscode.l10n.t('{0}. Remove {1}?', headline, basename(inspection.path));
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) === remove;
}
