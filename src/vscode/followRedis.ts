import * as vscode from 'vscode';
import type { Databases } from './databases';
import { settingIds } from './ids';
import type { RedisAccess } from './redisAccess';
import { showFault } from './showFault';

/**
 * Gives the open databases the Redis lock that the settings and the secret storage name, whenever that changes. Nothing is opened
 * anew, so that what failed for want of Redis can be tried again.
 */
export function followRedis(access: RedisAccess, databases: Databases, log: vscode.LogOutputChannel): vscode.Disposable {
  const set = (): void => {
    for (const session of databases.all) session.setRedis();
    databases.announceLock();
  };
  const configure = async (): Promise<void> => {
    await access.load();
    set();
    try {
      // What is wrong with an address is said when it is set, and not only when something is to be written.
      access.check();
    } catch (error) {
      void showFault(settingIds.redisUrl, error, log);
    }
  };
  return vscode.Disposable.from(
    access.onDidChange(set),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('areaOccupancy.lock.redis')) void configure();
    }),
  );
}
