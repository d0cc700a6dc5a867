import * as vscode from 'vscode';
import type { DatabaseSession } from './databaseSession';
import { offer } from './offer';

/**
 * Says why a command that writes does nothing on a snapshot, and what to do instead.
 * @returns whether it is one
 */
export async function refuseSnapshot({ name, info }: DatabaseSession): Promise<boolean> {
  if (!info || info.snapshotAt === null) return false;
  await offer('warning', vscode.l10n.t('Nothing is written to {0}. {1}', name, info.reason ?? ''));
  return true;
}
