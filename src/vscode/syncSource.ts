import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Format } from '../core/format';
import { explainRecorder } from '../core/sync/explainRecorder';
import type { RecorderFinding } from '../core/sync/recorderFinding';
import { chooseFile } from './chooseFile';
import { escapeIcons } from './escapeIcons';
import { localPath } from './localPath';
import type { SourceSetting } from './settings';

/** Where a sync is to read from. The token for Home Assistant is none of it, and the address is asked for where it is missing. */
export type SyncSource =
  | { readonly kind: 'recorder'; readonly path: string }
  /** `needsToken`: the one that is kept was refused. */
  | { readonly kind: 'homeAssistant'; readonly url?: string; readonly needsToken?: boolean };

interface Choice extends vscode.QuickPickItem {
  readonly take: () => Promise<SyncSource | undefined>;
}

/**
 * The source that the setting names, or the one the user picks. The recorder's file is not taken unasked where Home Assistant does
 * not write to it.
 * @returns undefined when the user picks none
 */
export async function chooseSource(
  setting: SourceSetting,
  findRecorder: () => Promise<RecorderFinding>,
  format: Format,
): Promise<SyncSource | undefined> {
  if (setting === 'homeAssistant') return { kind: 'homeAssistant' };
  const recorder = await findRecorder();
  const { isUsable, description, detail } = explainRecorder(recorder, format);
  if (setting === 'recorder' && isUsable) return { kind: 'recorder', path: recorder.path };
  const file: Choice = {
    label: vscode.l10n.t("Home Assistant's recorder"),
    description: escapeIcons(description),
    detail: escapeIcons(detail),
    iconPath: new vscode.ThemeIcon(isUsable ? 'database' : 'warning'),
    take: async () => ({ kind: 'recorder', path: recorder.path }),
  };
  const webSocket: Choice = {
    label: vscode.l10n.t('Home Assistant over WebSocket'),
    detail: vscode.l10n.t('Its address and a long-lived access token, kept in the secret storage of VS Code'),
    iconPath: new vscode.ThemeIcon('radio-tower'),
    take: async () => ({ kind: 'homeAssistant' }),
  };
  const other: Choice = {
    label: vscode.l10n.t('Another recorder file…'),
    iconPath: new vscode.ThemeIcon('folder-opened'),
    take: () => browse(recorder.path),
  };
  const choices = isUsable ? [file, webSocket, other] : [webSocket, file, other];
  const title = vscode.l10n.t('Sync: Where to Read History From');
  return (await vscode.window.showQuickPick(choices, { title, matchOnDetail: true }))?.take();
}

async function browse(near: string): Promise<SyncSource | undefined> {
  const folder = vscode.Uri.file(dirname(near));
  const uri = await chooseFile(vscode.l10n.t('Open Recorder File'), vscode.l10n.t('Read History'), folder);
  return uri && { kind: 'recorder', path: localPath(uri) };
}
