import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import * as vscode from 'vscode';
import { isVirtualPath } from '../core/snapshot/virtualPath';
import { databasePath } from './databasePath';
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
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const candidates = folders.flatMap((folder) => places.map((place) => vscode.Uri.joinPath(folder, ...place)));
  const found = await Promise.all(candidates.map(async (uri) => ((await exists(uri)) ? [databasePath(uri)] : [])));
  // A path of the settings is kept although nothing is there: its row says so, which is better than silence.
  return [...new Set([...found.flat(), ...databasePathSettings().flatMap((setting) => resolveSetting(setting, folders))])];
}

function resolveSetting(setting: string, folders: readonly vscode.Uri[]): readonly string[] {
  const path = setting.trim();
  if (path === '') return [];
  if (isVirtualPath(path)) return [databasePath(vscode.Uri.parse(path, true))];
  if (path === '~' || path.startsWith('~/') || path.startsWith('~\\')) return [join(homedir(), path.slice(1))];
  if (isAbsolute(path)) return [resolve(path)];
  return folders.map((folder) => (folder.scheme === 'file' ? resolve(folder.fsPath, path) : beside(folder, path)));
}

function beside(folder: vscode.Uri, path: string): string {
  return databasePath(vscode.Uri.joinPath(folder, ...path.split(/[\\/]/)));
}

/** By stat alone: opening the file here, in the process of all extensions, could cancel SQLite's locks. */
async function exists(uri: vscode.Uri): Promise<boolean> {
  const looked = uri.scheme === 'file' ? stat(uri.fsPath) : vscode.workspace.fs.stat(uri);
  return Promise.resolve(looked).then(
    () => true,
    () => false,
  );
}
