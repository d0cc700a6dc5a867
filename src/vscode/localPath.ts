import type * as vscode from 'vscode';
import { InvalidDataError } from '../core/errors';

/** SQLite opens nothing but files: a path taken from another kind of address would lead elsewhere. */
export function localPath(uri: vscode.Uri): string {
  if (uri.scheme === 'file') return uri.fsPath;
  const nextStep = 'Open the folder where the file lies, over Remote-SSH for instance, or a copy of it on this computer.';
  throw new InvalidDataError(`${uri.toString(true)} is not a file on this computer.`, nextStep);
}
