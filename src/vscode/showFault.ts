import * as vscode from 'vscode';
import { asOccupancyError } from '../core/errors';
import { offer, type Offer } from './offer';

/**
 * Tells what went wrong and what to do next, with the buttons that help; the stack goes to the log. Says nothing of what the user
 * cancelled.
 * @param where what failed, for the log
 */
export async function showFault(
  where: string,
  thrown: unknown,
  log: vscode.LogOutputChannel,
  ...offers: readonly Offer[]
): Promise<void> {
  const error = asOccupancyError(thrown);
  if (error.code === 'CANCELLED') return;
  log.error(`${where}: ${error.cause instanceof Error ? error.cause.stack : error.stack}`);
  const showLog = { title: vscode.l10n.t('Show Log'), run: () => log.show() };
  await offer('error', `${error.message} ${error.nextStep}`, ...offers, showLog);
}
