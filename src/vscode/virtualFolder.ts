import * as vscode from 'vscode';
import { DatabaseAccessError } from '../core/errors';
import type { FileStamp, FolderFiles } from '../core/ports/folderFiles';
import { virtualFileName } from '../core/snapshot/virtualPath';
import { databaseUri } from './databasePath';

/** What may be asked of the folder besides the database: the others in Home Assistant's `.storage` hold secrets. */
const BESIDE = ['core.area_registry', 'core.entity_registry'];
const OF_DATABASE = ['', '-wal', '-journal'];

/** The folder of a database that VS Code reaches through a file system provider. */
export class VirtualFolder implements FolderFiles {
  /** Providers give whole files alone. */
  readonly readsParts = false;
  readonly #database: vscode.Uri;
  readonly #names: ReadonlySet<string>;

  /** @param address of the database, as Uri.toString() writes it */
  constructor(address: string) {
    this.#database = databaseUri(address);
    const name = virtualFileName(address);
    this.#names = new Set([...OF_DATABASE.map((suffix) => name + suffix), ...BESIDE]);
  }

  async stat(name: string): Promise<FileStamp | null> {
    return this.#orNull(name, async (uri) => {
      const { size, mtime } = await vscode.workspace.fs.stat(uri);
      return { size, written: mtime, version: `${size} ${mtime}` };
    });
  }

  async read(name: string): Promise<Uint8Array | null> {
    return this.#orNull(name, async (uri) => vscode.workspace.fs.readFile(uri));
  }

  async #orNull<T>(name: string, look: (uri: vscode.Uri) => Promise<T>): Promise<T | null> {
    if (!this.#names.has(name)) return null;
    const uri = vscode.Uri.joinPath(this.#database, '..', name);
    try {
      return await look(uri);
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return null;
      const detail = error instanceof Error ? error.message : String(error);
      const nextStep = `Check that what provides ${uri.scheme} is connected, then refresh.`;
      throw new DatabaseAccessError(`${uri.toString(true)} cannot be read: ${detail}.`, nextStep, { cause: error });
    }
  }
}
