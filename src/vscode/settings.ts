import * as vscode from 'vscode';
import { settingIds } from './ids';

/** The user's settings, read anew at each call, so that a change counts at once. */
export function lockSettings(): { lockTimeout: number; staleLockTimeout: number; readLocks: 'auto' | 'always' | 'never' } {
  const settings = vscode.workspace.getConfiguration();
  return {
    lockTimeout: settings.get(settingIds.lockTimeout, 30),
    staleLockTimeout: settings.get(settingIds.staleLockTimeout, 300),
    readLocks: settings.get(settingIds.readLocks, 'auto'),
  };
}

/** Rows a page in the Intervals view. */
export function pageSize(): number {
  return Math.max(1, vscode.workspace.getConfiguration().get(settingIds.pageSize, 200));
}

/** As the user wrote them: absolute, relative to a workspace folder, or beginning with `~`. */
export function databasePathSettings(): readonly string[] {
  return vscode.workspace.getConfiguration().get<readonly string[]>(settingIds.databasePaths, []);
}
