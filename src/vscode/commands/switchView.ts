import * as vscode from 'vscode';
import type { ShowEvent } from '../../protocol/timelineRequests';
import { webviewsRender } from '../panels/webviewsRender';
import { plotsSetting } from '../settings';
import type { Views } from '../views';

/** Shows the view that is active as text, where it is drawn. Does nothing where none is. */
export async function showAsText(views: Views): Promise<void> {
  for (const { panels } of Object.values(views)) if (await panels.showActiveAsText()) return;
}

/** Draws the view that is active, where it is text, in the same column; says what it takes where webviews do not render. */
export async function showAsPlot(views: Views): Promise<void> {
  const view = Object.values(views).find(({ documents }) => documents.active);
  const editor = view?.documents.active;
  if (!view || !editor) return;
  // Who says that all is to be drawn knows better.
  if (plotsSetting() !== 'webview' && !(await webviewsRender())) {
    const text = vscode.l10n.t('Browsers draw plots only by https or on localhost: open VS Code there.');
    void vscode.window.showInformationMessage(text);
    return;
  }
  const { uri } = editor.document;
  const tab = vscode.window.tabGroups.activeTabGroup.tabs.find(
    ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
  );
  const event: ShowEvent = { event: 'show', address: uri.query };
  view.panels.open(uri.query, event);
  if (tab) await vscode.window.tabGroups.close(tab);
}
