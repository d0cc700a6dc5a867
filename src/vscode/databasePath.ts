import * as vscode from 'vscode';
import { isVirtualPath } from '../core/snapshot/virtualPath';

/** What a database is known by: its path, or the address of a file that has none on this computer, which is read as a snapshot. */
export function databasePath(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}

export function databaseUri(path: string): vscode.Uri {
  return isVirtualPath(path) ? vscode.Uri.parse(path, true) : vscode.Uri.file(path);
}
