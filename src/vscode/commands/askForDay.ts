import * as vscode from 'vscode';
import { isDay } from '../../core/timeline/timelineRange';

/** Asks for a local day. @param value what is offered, `YYYY-MM-DD` @param today an example, as the same */
export async function askForDay(value: string, today: string): Promise<string | undefined> {
  const day = await vscode.window.showInputBox({
    title: vscode.l10n.t('Go to Date'),
    prompt: vscode.l10n.t('A day of your time zone, YYYY-MM-DD'),
    value,
    validateInput: (text) => (isDay(text.trim()) ? undefined : vscode.l10n.t('Give a day as YYYY-MM-DD, such as {0}.', today)),
  });
  return day?.trim();
}
