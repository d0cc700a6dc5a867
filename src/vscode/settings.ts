import * as vscode from 'vscode';
import { choiceSetting, numberSetting, textsSetting } from '../core/settings';
import type { RedisFallback } from '../core/lock/lockInspection';
import type { OpenOptions } from '../protocol/databaseProtocol';
import { settingIds } from './ids';

/** A day, s: nobody waits for longer, and a timer could not. */
const LONGEST_TIMEOUT = 86_400;

/** The user's settings, read anew at each call, so that a change counts at once. */
export function openSettings(): Omit<OpenOptions, 'path' | 'redis'> {
  const settings = vscode.workspace.getConfiguration();
  return {
    lockTimeout: timeoutSetting(settings.get(settingIds.lockTimeout)),
    staleLockTimeout: numberSetting(settings.get(settingIds.staleLockTimeout), 300, 1, Number.MAX_SAFE_INTEGER),
    // A lock that is taken is a file that is written, which Restricted Mode does without.
    readLocks: vscode.workspace.isTrusted
      ? choiceSetting(settings.get(settingIds.readLocks), 'auto', ['auto', 'always', 'never'])
      : 'never',
    snapshots: choiceSetting(settings.get(settingIds.snapshots), 'auto', ['auto', 'always', 'never']),
  };
}

function timeoutSetting(value: unknown): OpenOptions['lockTimeout'] {
  return value === 'auto' ? value : numberSetting(value, 30, 1, LONGEST_TIMEOUT);
}

/** Where the Redis lock is, and what writes do without it; undefined where none is set. */
export function redisSettings(): { readonly url: string; readonly fallback: RedisFallback } | undefined {
  const settings = vscode.workspace.getConfiguration();
  const [url = ''] = textsSetting(settings.get(settingIds.redisUrl));
  if (url.trim() === '') return undefined;
  return { url, fallback: choiceSetting(settings.get(settingIds.redisFallback), 'refuse', ['refuse', 'fileLock']) };
}

/** Rows a page in the Intervals view. */
export function pageSize(): number {
  return Math.round(numberSetting(vscode.workspace.getConfiguration().get(settingIds.pageSize), 200, 1, 5000));
}

export type SourceSetting = 'ask' | 'recorder' | 'homeAssistant';

/** Where a sync reads its states from. */
export function syncSourceSetting(): SourceSetting {
  const value = vscode.workspace.getConfiguration().get(settingIds.syncSource);
  return choiceSetting(value, 'ask', ['ask', 'recorder', 'homeAssistant']);
}

export type PlotsSetting = 'auto' | 'webview' | 'text';

/** Whether views are webviews or text. */
export function plotsSetting(): PlotsSetting {
  return choiceSetting(vscode.workspace.getConfiguration().get(settingIds.plots), 'auto', ['auto', 'webview', 'text']);
}

/** As the user wrote them: absolute, relative to a workspace folder, or beginning with `~`. */
export function databasePathSettings(): readonly string[] {
  return textsSetting(vscode.workspace.getConfiguration().get(settingIds.databasePaths));
}
