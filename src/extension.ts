import * as vscode from 'vscode';
import { App } from './vscode/app';

/** Called by VS Code on the first use; gives the App away to tests alone. */
export async function activate(context: vscode.ExtensionContext): Promise<App | undefined> {
  const app = new App(context);
  context.subscriptions.push(app);
  await app.openFound();
  return context.extensionMode === vscode.ExtensionMode.Test ? app : undefined;
}
