import * as vscode from 'vscode';
import { asOccupancyError, type ErrorCode } from '../core/errors';
import { commandIds } from './ids';
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
  const redis = redisOffers[error.code];
  const showLog = { title: vscode.l10n.t('Show Log'), run: () => log.show() };
  await offer('error', `${error.message} ${error.nextStep}`, ...(redis ? [redis] : []), ...offers, showLog);
}

const openSetting = (id: string) => () => vscode.commands.executeCommand('workbench.action.openSettings', id);

/** Any write may meet these, whatever command it is of. */
const redisOffers: Partial<Record<ErrorCode, Offer>> = {
  REDIS_AUTH: {
    title: vscode.l10n.t('Set Redis Password…'),
    run: () => vscode.commands.executeCommand(commandIds.setRedisPassword),
  },
  REDIS_UNREACHABLE: { title: vscode.l10n.t('Open Settings'), run: openSetting('areaOccupancy.lock.redis') },
  REDIS: { title: vscode.l10n.t('Open Settings'), run: openSetting('areaOccupancy.lock.redis') },
};
