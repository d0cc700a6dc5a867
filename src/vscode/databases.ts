import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { databaseName } from '../core/databaseName';
import { DatabaseMissingError } from '../core/errors';
import type { Log } from '../core/ports/log';
import { isVirtualPath } from '../core/snapshot/virtualPath';
import { DatabaseSession } from './databaseSession';
import { contextKeys } from './ids';
import type { OpenOptions } from '../protocol/databaseProtocol';

/** The open databases, in the order they were opened. The single source of truth for views, status bar and commands. */
export class Databases implements vscode.Disposable {
  readonly #serverPath: string;
  readonly #options: () => Omit<OpenOptions, 'path'>;
  readonly #log: Log;
  readonly #sessions = new Map<string, DatabaseSession>();
  /** Closed by the user: not opened again because it was found, only because it was asked for. */
  readonly #closed = new Set<string>();
  readonly #dataEmitter = new vscode.EventEmitter<void>();
  readonly #lockEmitter = new vscode.EventEmitter<void>();
  #watching = false;

  /** The set of databases, or rows of one of them, may have changed. */
  readonly onDidChangeData = this.#dataEmitter.event;
  /** The lock of one of them changed, or the set did. */
  readonly onDidChangeLock = this.#lockEmitter.event;

  /** @param options what a database is opened with; asked for at each opening */
  constructor(serverPath: string, options: () => Omit<OpenOptions, 'path'>, log: Log) {
    this.#serverPath = serverPath;
    this.#options = options;
    this.#log = log;
  }

  get all(): readonly DatabaseSession[] {
    return [...this.#sessions.values()];
  }

  find(path: string): DatabaseSession | undefined {
    return this.#sessions.get(path);
  }

  /** Throws DatabaseMissingError when it is not open: what is shown of it then says so, until it is. */
  get(path: string): DatabaseSession {
    const session = this.find(path);
    if (session) return session;
    throw new DatabaseMissingError(`${path} is not open.`, 'Run Open Database; what was shown here then comes by itself.');
  }

  /** Opens what was found, except what the user closed. */
  async openFound(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const real = await realPath(path);
      if (!this.#closed.has(real)) await this.#open(path, real);
    }
  }

  /** Opens the database at `path`; one that is open already, under this path or through a link, is left as it is. */
  async open(path: string): Promise<DatabaseSession> {
    const real = await realPath(path);
    this.#closed.delete(real);
    return this.#open(path, real);
  }

  /** Nothing is awaited before the session is known: two who open the same file get the same one. */
  async #open(path: string, real: string): Promise<DatabaseSession> {
    const known = this.#sessions.get(path) ?? this.#sessions.get(real);
    if (known) return known;
    const session = new DatabaseSession(
      real,
      this.#serverPath,
      this.#options,
      this.#log,
      () => this.#dataEmitter.fire(),
      () => this.#lockEmitter.fire(),
    );
    this.#sessions.set(real, session);
    session.reader.setWatching(this.#watching);
    await this.#announce();
    return session;
  }

  async close(session: DatabaseSession): Promise<void> {
    this.#sessions.delete(session.path);
    this.#closed.add(session.path);
    session.dispose();
    await this.#announce();
  }

  /** Tells the listeners of the lock after a command looked at it or changed it. */
  announceLock(): void {
    this.#lockEmitter.fire();
  }

  /** Databases are polled only while somebody can see them. */
  setWatching(watching: boolean): void {
    if (watching === this.#watching) return;
    this.#watching = watching;
    for (const session of this.all) session.reader.setWatching(watching);
  }

  dispose(): void {
    for (const session of this.all) session.dispose();
    this.#sessions.clear();
    this.#dataEmitter.dispose();
    this.#lockEmitter.dispose();
  }

  async #announce(): Promise<void> {
    const paths = [...this.#sessions.keys()];
    for (const session of this.all) session.name = databaseName(session.path, paths);
    await vscode.commands.executeCommand('setContext', contextKeys.hasDatabase, this.#sessions.size > 0);
    this.#dataEmitter.fire();
    this.#lockEmitter.fire();
  }
}

/**
 * A missing file and a dangling link have no real path: they are known by their own name, and their row says what is wrong. Nor has
 * what is read through a file system provider.
 */
async function realPath(path: string): Promise<string> {
  if (isVirtualPath(path)) return path;
  return realpath(path).catch(() => path);
}
