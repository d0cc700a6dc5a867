import * as vscode from 'vscode';
import { redisServer } from '../../core/lock/redisUrl';
import { settingIds } from '../ids';
import { offer } from '../offer';
import type { RedisAccess } from '../redisAccess';

/** Asks for the password of the Redis server in the settings, and keeps it in the secret storage. Throws RedisError for an address that cannot be used. */
export async function setRedisPassword(access: RedisAccess): Promise<void> {
  const address = access.check();
  if (!address) {
    return offer('information', vscode.l10n.t('No Redis server is set, so there is no password to keep.'), {
      title: vscode.l10n.t('Open Settings'),
      run: () => vscode.commands.executeCommand('workbench.action.openSettings', settingIds.redisUrl),
    });
  }
  const server = redisServer(address);
  const password = await vscode.window.showInputBox({
    title:
      address.username === undefined
        ? vscode.l10n.t('Redis Password for {0}', server)
        : vscode.l10n.t('Redis Password of {0} for {1}', address.username, server),
    prompt: vscode.l10n.t('It is kept in the secret storage. Leave it empty to forget it.'),
    password: true,
    ignoreFocusOut: true,
  });
  if (password === undefined) return;
  await access.keep(address, password);
  const text =
    password === ''
      ? vscode.l10n.t('The Redis password for {0} is forgotten.', server)
      : vscode.l10n.t('The Redis password for {0} is set. Writes use it from now on.', server);
  await offer('information', text);
}
