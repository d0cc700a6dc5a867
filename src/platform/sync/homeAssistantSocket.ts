import { WebSocket, type RawData } from 'ws';
import type { OccupancyError } from '../../core/errors';
import type { HomeAssistantUrl } from '../../core/sync/homeAssistantUrl';
import { connectionFault, lost, notHomeAssistant, refusedToken, refusedUpgrade, slowToConnect } from './homeAssistantFaults';
import { trustedAuthorities } from './trustedAuthorities';
import { within } from './within';

/** Bytes. An answer is held as text and as objects while it is read, and the plan that grows from it needs the room as well. */
const LARGEST_ANSWER = 2 * 1024 * 1024;

export interface Access {
  readonly url: HomeAssistantUrl;
  readonly token: string;
  /** s, for the connection with its log-in */
  readonly connectTimeout: number;
  readonly signal: AbortSignal | undefined;
}

type Listener = (event: { readonly data?: string }) => void;

/**
 * An authenticated socket, with what home-assistant-js-websocket needs of a browser's WebSocket. Made of the package `ws`,
 * since Node's own WebSocket does not say why it failed, and can neither limit a message nor be ended at once.
 */
export class HomeAssistantSocket {
  readonly OPEN = WebSocket.OPEN;
  haVersion = '';
  /** Why it ended; undefined while it has not. */
  fault: OccupancyError | undefined;
  readonly #host: string;
  readonly #socket: WebSocket;
  readonly #listeners = new Set<readonly [type: string, listener: Listener]>();
  #onMessage: (text: string) => void = () => {};

  private constructor({ host, webSocket }: HomeAssistantUrl) {
    this.#host = host;
    this.#socket = new WebSocket(webSocket, {
      maxPayload: LARGEST_ANSWER,
      // Home Assistant often runs on a small computer, beside this one: bytes are cheaper than its time.
      perMessageDeflate: false,
      ca: webSocket.startsWith('wss:') ? trustedAuthorities() : undefined,
    });
  }

  /** Throws HomeAssistantAuthError, HomeAssistantError, CancelledError; nothing is left open then. */
  static async open({ url, token, connectTimeout, signal }: Access): Promise<HomeAssistantSocket> {
    const opened = new HomeAssistantSocket(url);
    try {
      await within(opened.#logIn(url, token), {
        ms: connectTimeout * 1000,
        late: () => slowToConnect(url.host, connectTimeout),
        what: 'The sync',
        signal,
      });
      return opened;
    } catch (error) {
      opened.close();
      throw error;
    }
  }

  get readyState(): number {
    return this.#socket.readyState;
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.add([type, listener]);
  }

  removeEventListener(type: string, listener: Listener): void {
    for (const entry of this.#listeners) if (entry[0] === type && entry[1] === listener) this.#listeners.delete(entry);
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** At once: nobody waits for the other side to say goodbye. */
  close(): void {
    this.#socket.terminate();
  }

  #logIn(url: HomeAssistantUrl, token: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#onMessage = (text) => {
        const message = JSON.parse(text) as { readonly type?: unknown; readonly ha_version?: unknown };
        if (message.type === 'auth_required') return this.send(JSON.stringify({ type: 'auth', access_token: token }));
        if (message.type === 'auth_invalid') return this.#end(refusedToken(url));
        if (message.type !== 'auth_ok') return this.#end(notHomeAssistant(url.host, 'no log-in'));
        this.haVersion = typeof message.ha_version === 'string' ? message.ha_version : '';
        this.#onMessage = (data) => this.#dispatch('message', { data });
        resolve();
      };
      this.#socket.on('message', (data) => this.#receive(data));
      this.#socket.on('unexpected-response', (_request, { statusCode = 0, headers }) =>
        this.#end(refusedUpgrade(url.host, statusCode, headers.location)),
      );
      this.#socket.on('error', (error) => this.#end(connectionFault(url.host, error)));
      this.#socket.on('close', () => {
        this.fault ??= lost(url.host);
        reject(this.fault);
        this.#dispatch('close', {});
      });
    });
  }

  /** A message that cannot be read must not throw into the stream it came from. */
  #receive(data: RawData): void {
    if (this.fault) return;
    try {
      this.#onMessage((data as Buffer).toString());
    } catch {
      this.#end(notHomeAssistant(this.#host, 'no JSON'));
    }
  }

  /** The first fault is the cause, those after it its consequences. */
  #end(fault: OccupancyError): void {
    this.fault ??= fault;
    this.close();
  }

  #dispatch(type: string, event: { readonly data?: string }): void {
    for (const [of, listener] of this.#listeners) if (of === type) listener(event);
  }
}
