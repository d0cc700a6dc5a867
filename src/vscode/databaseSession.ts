import { basename } from 'node:path';
import { RemoteDatabase, type RemoteDatabaseListener } from '../client/remoteDatabase';
import type { DatabaseInfo } from '../core/database/databaseInfo';
import type { LockInspection } from '../core/lock/lockInspection';
import type { Log } from '../core/ports/log';
import { isVirtualPath } from '../core/snapshot/virtualPath';
import type { OpenDatabase } from '../core/tree/openDatabase';
import type { Disposable } from '../core/disposable';
import type { OpenOptions } from '../protocol/databaseProtocol';
import { VirtualFolder } from './virtualFolder';

/** An open database and what is known of it at the moment. */
export class DatabaseSession implements OpenDatabase, Disposable {
  readonly path: string;
  /** Depends on what else is open; Databases keeps it right. */
  name: string;
  readonly reader: RemoteDatabase;
  info: DatabaseInfo | null = null;
  failed = false;
  /** As last seen; undefined before the first look. */
  lock: LockInspection | undefined;

  readonly #options: () => Omit<OpenOptions, 'path'>;

  /**
   * @param options asked for anew whenever the file is opened
   * @param onData rows may have changed, or the file came or went
   * @param onLock the lock's state changed
   */
  constructor(
    path: string,
    serverPath: string,
    options: () => Omit<OpenOptions, 'path'>,
    log: Log,
    onData: () => void,
    onLock: () => void,
  ) {
    this.path = path;
    this.#options = options;
    this.name = basename(path);
    const listener: RemoteDatabaseListener = {
      onOpened: (info) => {
        log.info(`Opened ${basename(path)}: AOD schema ${info.dbVersion ?? 'unknown'}, ${accessOf(info)}`);
        this.info = info;
        this.failed = false;
        onData();
      },
      onFailed: (error) => {
        log.warn(`${basename(path)}: ${error.message} ${error.nextStep}`);
        this.failed = true;
        onData();
        if (error.code !== 'PROCESS_ENDED') return;
        // Nobody looks at the lock any more: what was seen last is not shown as if it were so still.
        this.lock = undefined;
        onLock();
      },
      onChanged: onData,
      onLock: (inspection) => {
        this.lock = inspection;
        onLock();
      },
    };
    const folder = isVirtualPath(path) ? new VirtualFolder(path) : undefined;
    this.reader = new RemoteDatabase(serverPath, { path, ...options() }, log, listener, folder);
  }

  reopen(): void {
    this.reader.reopen({ path: this.path, ...this.#options() });
  }

  /** As the settings name the Redis lock now, and its password. */
  setRedis(): void {
    this.reader.setRedis(this.#options().redis);
  }

  dispose(): void {
    this.reader.dispose();
  }
}

function accessOf({ readOnly, snapshotAt }: DatabaseInfo): string {
  if (snapshotAt !== null) return 'as a snapshot';
  return readOnly ? 'read-only' : 'writable';
}
