import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import * as vscode from 'vscode';
import { databasePathSettings } from './settings';

/**
 * Where AOD keeps its file below Home Assistant's config folder, and below a folder that holds such a one.
 * Looked up by path: on the usual host `.storage` is hidden from search and watchers.
 */
const places = [
  ['.storage', 'area_occupancy.db'],
  ['config', '.storage', 'area_occupancy.db'],
] as const;

/** Paths of the databases to open without being asked: those found in the workspace folders and those of the settings. */
export async function findDatabases(): Promise<readonly string[]> {
  const candidates = workspaceFolders().flatMap((folder) => places.map((place) => join(folder, ...place)));
  const found = await Promise.all(candidates.map(async (path) => ((await exists(path)) ? [path] : [])));
  // A path of the settings is kept although nothing is there: its row says so, which is better than silence.
  return [...new Set([...found.flat(), ...databasePathSettings().flatMap(resolveSetting)])];
}

function workspaceFolders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}

function resolveSetting(setting: string): readonly string[] {
  const path = setting.trim();
  if (path === '') return [];
  if (path === '~' || path.startsWith('~/') || path.startsWith('~\\')) return [join(homedir(), path.slice(1))];
  if (isAbsolute(path)) return [resolve(path)];
  return workspaceFolders().map((folder) => resolve(folder, path));
}

/** By stat alone: opening the file here, in the process of all extensions, could cancel SQLite's locks. */
async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
