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

/** What SQLite may have put beside a database. */
const COMPANIONS = ['', '-wal', '-shm', '-journal'];

/** Removes what was written of a file that never became whole, a database's too. Never rejects. */
export async function removePart(target: vscode.Uri): Promise<void> {
  const part = partOf(target);
  const files = COMPANIONS.map((companion) => part.with({ path: part.path + companion }));
  await Promise.all(files.map((file) => vscode.workspace.fs.delete(file).then(undefined, () => {})));
}

function partOf(target: vscode.Uri): vscode.Uri {
  return target.with({ path: `${target.path}.part` });
}
