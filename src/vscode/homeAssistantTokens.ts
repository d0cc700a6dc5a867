import type * as vscode from 'vscode';
import { storageKeys } from './ids';

const MOST_ADDRESSES = 10;

/** The addresses of Home Assistant that were used, and an access token for each, which only the secret storage holds. */
export class HomeAssistantTokens {
  readonly #secrets: vscode.SecretStorage;
  readonly #memento: vscode.Memento;
  /** What the secret storage could not take, until the window is closed. */
  readonly #session = new Map<string, string>();

  constructor(secrets: vscode.SecretStorage, memento: vscode.Memento) {
    this.#secrets = secrets;
    this.#memento = memento;
  }

  /** The one used last first. */
  get urls(): readonly string[] {
    return this.#memento.get<readonly string[]>(storageKeys.homeAssistantUrls, []);
  }

  async recall(url: string): Promise<string | undefined> {
    return (
      this.#session.get(url) ?? (await this.#secrets.get(storageKeys.homeAssistantToken + url).then(undefined, () => undefined))
    );
  }

  async keep(url: string, token: string): Promise<void> {
    await this.#memento.update(storageKeys.homeAssistantUrls, [url, ...this.#others(url)].slice(0, MOST_ADDRESSES));
    try {
      await this.#secrets.store(storageKeys.homeAssistantToken + url, token);
    } catch {
      // A computer without a keyring has no place for secrets: the sync goes on, and the token is asked for again another day.
      this.#session.set(url, token);
    }
  }

  /** The token alone: the address is offered again. */
  async forgetToken(url: string): Promise<void> {
    this.#session.delete(url);
    await this.#secrets.delete(storageKeys.homeAssistantToken + url);
  }

  async forget(url: string): Promise<void> {
    await this.#memento.update(storageKeys.homeAssistantUrls, this.#others(url));
    await this.forgetToken(url);
  }

  #others(url: string): readonly string[] {
    return this.urls.filter((known) => known !== url);
  }
}
