import * as vscode from 'vscode';
import { parseRedisUrl, redisServer, type RedisAddress } from '../core/lock/redisUrl';
import type { OpenOptions } from '../protocol/databaseProtocol';
import { storageKeys } from './ids';
import { redisSettings } from './settings';

/** The Redis lock as the settings name it, with its password, which only the secret storage holds. */
export class RedisAccess implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #emitter = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** By key of the secret storage: read beforehand, since a database is opened without waiting. */
  readonly #kept = new Map<string, string>();
  /** What the secret storage could not take, until the window is closed. */
  readonly #session = new Map<string, string>();

  /** The password was set, in this window or in another. */
  readonly onDidChange = this.#emitter.event;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
    this.#subscription = secrets.onDidChange(({ key }) => {
      if (key === this.#key()) void this.load().then(() => this.#emitter.fire());
    });
  }

  /** What a database is opened with: nothing where no Redis lock is set. */
  options(): Pick<OpenOptions, 'redis'> {
    const settings = redisSettings();
    if (!settings) return {};
    const key = this.#key() ?? '';
    const password = this.#session.get(key) ?? this.#kept.get(key);
    return { redis: { ...settings, ...(password ? { password } : {}) } };
  }

  /** Where the lock is; undefined where none is set. Throws RedisError for an address that cannot be used. */
  check(): RedisAddress | undefined {
    const settings = redisSettings();
    return settings && parseRedisUrl(settings.url);
  }

  /** Reads the password of the present address. A storage that cannot be read has none. */
  async load(): Promise<void> {
    const key = this.#key();
    if (key === undefined) return;
    const password = await this.#secrets.get(key).then(undefined, () => undefined);
    this.#kept.set(key, password ?? '');
  }

  /** Keeps the password; an empty one is forgotten. */
  async keep(address: RedisAddress, password: string): Promise<void> {
    const key = keyOf(address);
    this.#session.delete(key);
    try {
      // The storage tells of the change, here as in every other window.
      await (password === '' ? this.#secrets.delete(key) : this.#secrets.store(key, password));
    } catch {
      // A computer without a keyring has no place for secrets.
      this.#session.set(key, password);
      this.#emitter.fire();
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#emitter.dispose();
  }

  #key(): string | undefined {
    try {
      const address = this.check();
      return address && keyOf(address);
    } catch {
      return undefined;
    }
  }
}

function keyOf(address: RedisAddress): string {
  return `${storageKeys.redisPassword}${address.username ?? ''}@${redisServer(address)}`;
}
