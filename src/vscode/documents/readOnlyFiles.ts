import * as vscode from 'vscode';

/**
 * Documents that exist while they are read, as files of a scheme of their own. A content provider's documents are gone after a
 * reload of the window; these are opened again, with all that their address says.
 */
export class ReadOnlyFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #read: (uri: vscode.Uri) => Promise<string>;
  readonly #changeEmitter = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #subscriptions: vscode.Disposable;
  /** ms since the epoch: an editor reads again only what is younger than what it has. */
  #changedAt = Date.now();
  readonly onDidChangeFile = this.#changeEmitter.event;

  /** @param read never rejects: what is wrong is said in the text */
  constructor(scheme: string, read: (uri: vscode.Uri) => Promise<string>) {
    this.#read = read;
    const options = { isReadonly: true, isCaseSensitive: true };
    this.#subscriptions = vscode.Disposable.from(
      this.#changeEmitter,
      vscode.workspace.registerFileSystemProvider(scheme, this, options),
    );
  }

  /** Lets the editors of these documents read them again. */
  announce(uris: readonly vscode.Uri[]): void {
    this.#changedAt = Math.max(Date.now(), this.#changedAt + 1);
    // A view that nobody sees is read again when it is looked at, which the time alone brings about.
    if (uris.length > 0) this.#changeEmitter.fire(uris.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
  }

  stat(): vscode.FileStat {
    // The size is known only once it is read, which an editor does anyway.
    return { type: vscode.FileType.File, ctime: 0, mtime: this.#changedAt, size: 0, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode(await this.#read(uri));
  }

  watch(): vscode.Disposable {
    return vscode.Disposable.from();
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.FileNotADirectory(uri);
  }

  createDirectory = refuse;
  writeFile = refuse;
  delete = refuse;
  rename = refuse;

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

function refuse(uri: vscode.Uri): never {
  throw vscode.FileSystemError.NoPermissions(uri);
}
