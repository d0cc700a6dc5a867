import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where the pages' scripts and styles are, below the extension. */
export const WEBVIEW_FOLDER = 'dist/webview';

/** The page of a view. It holds no data: its script asks for that. @param name of the bundle in dist/webview */
export function viewHtml(webview: vscode.Webview, extensionUri: vscode.Uri, name: string): string {
  const resource = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, WEBVIEW_FOLDER, file)).toString();
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `img-src blob: data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="stylesheet" href="${resource(`${name}.css`)}" />
    <script nonce="${nonce}" src="${resource(`${name}.js`)}" type="module"></script>
  </head>
  <body></body>
</html>
`;
}
