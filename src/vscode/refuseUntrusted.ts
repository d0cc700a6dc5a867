import * as vscode from 'vscode';
import { offer } from './offer';

/** Says why a command does nothing in Restricted Mode, and offers the way out of it. */
export function refuseUntrusted(text: string): Promise<void> {
  return offer('warning', text, {
    title: vscode.l10n.t('Manage Workspace Trust'),
    run: () => vscode.commands.executeCommand('workbench.trust.manage'),
  });
}
