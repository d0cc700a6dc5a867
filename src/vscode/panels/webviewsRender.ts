import * as vscode from 'vscode';
import { isSecureOrigin } from '../../core/secureOrigin';
import { plotsSetting } from '../settings';

/** Whether a view is to be a webview: as the setting says, or else where webviews render. */
export async function wantsWebview(): Promise<boolean> {
  const setting = plotsSetting();
  return setting === 'auto' ? webviewsRender() : setting === 'webview';
}

/** Whether this window renders webviews. In a browser it does on a secure origin alone: elsewhere there is no service worker. */
export async function webviewsRender(): Promise<boolean> {
  if (vscode.env.uiKind === vscode.UIKind.Desktop) return true;
  // A link back to this window begins with the address of its page.
  const back = vscode.Uri.parse(`${vscode.env.uriScheme}://area-occupancy.area-occupancy-inspector/`);
  const { scheme, authority } = await vscode.env.asExternalUri(back);
  return isSecureOrigin(scheme, authority);
}
