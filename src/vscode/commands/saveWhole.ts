import * as vscode from 'vscode';
import { ExportError } from '../../core/errors';

/** Writes a file beside its place and moves it there: what was there before stays until the new one is whole. Throws ExportError. */
export async function saveWhole(target: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const part = partOf(target);
  try {
    await vscode.workspace.fs.writeFile(part, bytes);
    await vscode.workspace.fs.rename(part, target, { overwrite: true });
  } catch (error) {
    await removePart(target);
    const detail = error instanceof Error ? error.message : String(error);
    throw new ExportError(`${target.fsPath} cannot be written: ${detail}`, 'Choose another folder.', { cause: error });
  }
}

/** Removes what was written of a file that never became whole. Never rejects. */
export async function removePart(target: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.delete(partOf(target)).then(undefined, () => {});
}

function partOf(target: vscode.Uri): vscode.Uri {
  return target.with({ path: `${target.path}.part` });
}
