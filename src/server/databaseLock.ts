import { LockUnusableError } from '../core/errors';
import { roughAge } from '../core/lock/explainLock';
import type { LockInspection } from '../core/lock/lockInspection';
import type { Log } from '../core/ports/log';
import { isVirtualPath } from '../core/snapshot/virtualPath';
import { fileLockOptions } from '../platform/database/openOptions';
import { clearStaleLock } from '../platform/lock/clearStaleLock';
import { FileLock } from '../platform/lock/fileLock';
import { inspectLock } from '../platform/lock/inspectLock';
import type { OpenOptions } from '../protocol/databaseProtocol';

/** The lock beside a database: taken, looked at and removed, whether the database can be opened or not. */
export class DatabaseLock {
  readonly #log: Log;
  readonly #onChange: (inspection: LockInspection) => void;
  readonly #options: OpenOptions;
  /** What sessions take: one for as long as this is open, so that its metrics outlast a file that is replaced. */
  readonly taken: FileLock;
  /** What the listener knows of the lock, its age as it is shown. */
  #seen = '';

  constructor(options: OpenOptions, log: Log, onChange: (inspection: LockInspection) => void) {
    this.#options = options;
    this.#log = log;
    this.#onChange = onChange;
    this.taken = new FileLock(`${options.path}.lock`, { ...fileLockOptions(options), log });
  }

  /** Tells the listener when it looks another way than before. */
  async look(): Promise<void> {
    if (isVirtualPath(this.#options.path)) return;
    const inspection = await this.inspect();
    const seen = `${inspection.state} ${inspection.identity} ${roughAge(inspection.age ?? 0)}`;
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#onChange(inspection);
  }

  /** Throws LockUnusableError where the database has no path on this computer. */
  async inspect(): Promise<LockInspection> {
    const { staleLockTimeout } = this.#options;
    return inspectLock(this.#path, { staleLockTimeout });
  }

  /** Throws LockUnusableError where the database has no path on this computer. */
  async clear(expected: LockInspection, signal: AbortSignal): ReturnType<typeof clearStaleLock> {
    const { staleLockTimeout } = this.#options;
    return clearStaleLock(this.#path, { staleLockTimeout, expected, signal, log: this.#log });
  }

  get #path(): string {
    const { path } = this.#options;
    if (!isVirtualPath(path)) return `${path}.lock`;
    throw new LockUnusableError(`${path} has no path on this computer, nor has its lock.`, {
      nextStep: 'Open the folder on the machine that runs Home Assistant, in the Studio Code Server add-on or over Remote-SSH.',
    });
  }
}
