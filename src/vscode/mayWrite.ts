import * as vscode from 'vscode';
import type { DatabaseSession } from './databaseSession';
import { offer } from './offer';
import { refuseUntrusted } from './refuseUntrusted';

/** Whether this workspace may write at all; where not, it says so. */
export function mayWrite(): boolean {
  if (vscode.workspace.isTrusted) return true;
  void refuseUntrusted(
    vscode.l10n.t('Nothing is written to a database in Restricted Mode. Trust this workspace first; reading works without.'),
  );
  return false;
}

/** Whether a database can be written to; where not, it says why. Throws what keeps it from being read. */
export async function isWritable({ name, reader }: DatabaseSession): Promise<boolean> {
  const { readOnly, reason } = await reader.describe();
  if (readOnly) void offer('warning', vscode.l10n.t('{0} is read-only, so nothing was changed. {1}', name, reason ?? ''));
  return !readOnly;
}
