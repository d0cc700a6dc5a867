import { createConnection, type Connection, type HaWebSocket, type MessageBase } from 'home-assistant-js-websocket';
import { setTimeout as pause } from 'node:timers/promises';
import { isOccupancyError, throwIfAborted } from '../../core/errors';
import { ConnectionLostError, lost, refusedRequest, slowToAnswer } from './homeAssistantFaults';
import { HomeAssistantSocket, type Access } from './homeAssistantSocket';
import { within } from './within';

export interface LinkOptions extends Access {
  /** s, for each request */
  readonly requestTimeout: number;
  /** s before each try to reconnect, one after the other; then it is given up. */
  readonly retryDelays: readonly number[];
}

/** A connection to Home Assistant that asks one thing at a time, and asks again where it was lost meanwhile. */
export class HomeAssistantLink {
  readonly #options: LinkOptions;
  #socket: HomeAssistantSocket | undefined;
  #connection: Connection | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** Connects once, so that a slip in the address or the token is told at once. */
  async open(): Promise<void> {
    this.#connection = await createConnection({
      setupRetry: 0,
      createSocket: async () => {
        this.#socket = await HomeAssistantSocket.open(this.#options);
        return this.#socket as unknown as HaWebSocket;
      },
    });
    // The package would try for ever; here `ask` reconnects, with an end and a cancel.
    this.#connection.addEventListener('disconnected', (connection) => connection.close());
  }

  /** The result of a command. Throws HomeAssistantError, HomeAssistantAuthError, CancelledError. */
  async ask(message: MessageBase): Promise<unknown> {
    for (let tries = 0; ; tries += 1) {
      try {
        if (!this.#connection) await this.open();
        return await this.#request(message);
      } catch (error) {
        this.close();
        const delay = this.#options.retryDelays[tries];
        if (delay === undefined || !(error instanceof ConnectionLostError)) throw error;
        await this.#pause(delay);
      }
    }
  }

  close(): void {
    this.#connection?.close();
    this.#socket?.close();
    this.#connection = undefined;
    this.#socket = undefined;
  }

  async #pause(seconds: number): Promise<void> {
    const { signal } = this.#options;
    await pause(seconds * 1000, undefined, signal && { signal }).catch(() => {});
    throwIfAborted(signal, 'The sync');
  }

  async #request(message: MessageBase): Promise<unknown> {
    try {
      return await this.#answer(message);
    } catch (error) {
      if (isOccupancyError(error)) throw error;
      if (!isRefusal(error)) throw this.#socket?.fault ?? lost(this.#options.url.host);
      const isStarting = error.code === 'unknown_command' && (await this.#isStarting());
      throw refusedRequest(error.code, error.message.replaceAll(this.#options.token || '\0', '…'), isStarting);
    }
  }

  /** Rejects with what the package rejects with, too: Home Assistant's error object, or a sign that the connection was lost. */
  #answer(message: MessageBase): Promise<unknown> {
    const { url, requestTimeout, signal } = this.#options;
    const late = (): Error => slowToAnswer(url.host, requestTimeout);
    const answer = this.#connection?.sendMessagePromise<unknown>(message) ?? Promise.reject(lost(url.host));
    return within(answer, { ms: requestTimeout * 1000, late, what: 'The sync', signal });
  }

  /** Commands become known one after the other while Home Assistant starts. */
  async #isStarting(): Promise<boolean> {
    const config = (await this.#answer({ type: 'get_config' }).catch(() => null)) as { readonly state?: unknown } | null;
    return typeof config?.state === 'string' && config.state !== 'RUNNING';
  }
}

/** An error in Home Assistant's own words; what the package says of a lost connection has another shape. */
function isRefusal(error: unknown): error is { readonly code: string; readonly message: string } {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === 'string' && typeof message === 'string';
}
