// A small server that speaks Home Assistant's WebSocket API over a real socket, as far as history goes, with faults on demand.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { RecordedHistory, type RecordedState } from './recordedStates.mts';

export interface FakeOptions {
  readonly states?: Iterable<RecordedState>;
  /** The one token that is accepted. */
  readonly token?: string;
  /** PEM; makes it https. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** 0 for any that is free. */
  readonly port?: number;
}

/** What goes wrong; may be changed at any time. */
export interface Faults {
  /** HTTP status in place of the socket, for so many times, and where a redirection leads. */
  refusal?: { readonly status: number; times: number; readonly location?: string } | undefined;
  /** Never answers the connection, the log-in, or requests; deaf: does not even read what comes after the log-in. */
  silent?: 'connection' | 'log-in' | 'requests' | 'deaf' | undefined;
  /** Accepts no token at all. */
  authInvalid?: boolean;
  /** ms before the log-in is asked for. */
  slowStart?: number;
  /** Ends the connection within so many answers to come. */
  dropAnswers?: number;
  /** Answers requests for history with this error. */
  error?: { readonly code: string; readonly message: string } | undefined;
  /** Home Assistant's state as `get_config` tells it. */
  state?: string;
  /** Sent in place of an answer, as it is. */
  rawAnswer?: string | undefined;
  /** Bytes that are added to the attributes of each state. */
  padding?: number;
}

export interface HistoryMessage {
  readonly id: number;
  readonly type: string;
  readonly start_time: string;
  readonly end_time: string;
  readonly entity_ids: readonly string[];
  readonly minimal_response: boolean;
  readonly no_attributes: boolean;
  readonly significant_changes_only: boolean;
  readonly include_start_time_state: boolean;
}

const ENTITY_ID = /^(?!.+__)(?!_)[\da-z_]+(?<!_)\.(?!_)[\da-z_]+(?<!_)$/;
const VERSION = '2026.7.1';

export class FakeHomeAssistant {
  readonly faults: Faults = {};
  /** Every request for history, also those whose answer was never sent. */
  readonly requests: HistoryMessage[] = [];
  /** Sockets that were opened so far. */
  connections = 0;
  #history: RecordedHistory;
  readonly #token: string;
  readonly #scheme: string;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #streams = new Set<Duplex>();

  private constructor({ states = [], token = 'a-valid-token', tls }: FakeOptions) {
    this.#history = new RecordedHistory(states);
    this.#token = token;
    this.#scheme = tls ? 'https' : 'http';
    this.#server = tls ? createTlsServer(tls) : createServer();
    this.#server.on('connection', (stream: Duplex) => this.#streams.add(stream.on('close', () => this.#streams.delete(stream))));
    this.#server.on('request', (_request, response) => response.writeHead(404).end('404: Not Found'));
    this.#server.on('upgrade', (request, stream, head) => this.#upgrade(request, stream, head));
  }

  static async start(options: FakeOptions = {}): Promise<FakeHomeAssistant> {
    const fake = new FakeHomeAssistant(options);
    fake.#server.listen(options.port ?? 0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}`;
  }

  get token(): string {
    return this.#token;
  }

  /** Sockets that are open now. */
  get open(): number {
    return this.#sockets.clients.size;
  }

  /** Other states from now on. */
  record(states: Iterable<RecordedState>): void {
    this.#history = new RecordedHistory(states);
  }

  /** Ends every connection, as a restart does. */
  dropConnections(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  async close(): Promise<void> {
    for (const stream of this.#streams) stream.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => {});
    const { refusal } = this.faults;
    if (refusal && refusal.times > 0) {
      refusal.times -= 1;
      const location = refusal.location === undefined ? '' : `Location: ${refusal.location}\r\n`;
      stream.end(`HTTP/1.1 ${refusal.status} Refused\r\n${location}Content-Length: 0\r\n\r\n`);
      return;
    }
    if (this.faults.silent === 'connection') return;
    if (!['/api/websocket', '/core/websocket'].includes(request.url ?? '')) {
      stream.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, stream, head, (socket) => this.#greet(socket));
  }

  #greet(socket: WebSocket): void {
    this.connections += 1;
    let isKnown = false;
    socket.on('error', () => {});
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string; id: number; access_token?: string };
      if (isKnown) return this.#answer(socket, message);
      isKnown = message.type === 'auth' && message.access_token === this.#token && !this.faults.authInvalid;
      if (isKnown && this.faults.silent === 'deaf') setImmediate(() => socket.pause());
      if (isKnown) send(socket, { type: 'auth_ok', ha_version: VERSION });
      else
        socket.send(JSON.stringify({ type: 'auth_invalid', message: 'Invalid access token or password' }), () => socket.close());
    });
    if (this.faults.silent === 'log-in') return;
    setTimeout(() => send(socket, { type: 'auth_required', ha_version: VERSION }), this.faults.slowStart ?? 0);
  }

  #answer(socket: WebSocket, message: { readonly type: string; readonly id: number }): void {
    const { id, type } = message;
    const refuse = (error: { readonly code: string; readonly message: string }): void =>
      send(socket, { id, type: 'result', success: false, error });
    if (type === 'get_config') {
      return send(socket, {
        id,
        type: 'result',
        success: true,
        result: { state: this.faults.state ?? 'RUNNING', version: VERSION },
      });
    }
    if (type !== 'history/history_during_period') return refuse({ code: 'unknown_command', message: 'Unknown command.' });
    const request = message as HistoryMessage;
    this.requests.push(request);
    if (this.faults.silent === 'requests') return;
    if (this.faults.error) return refuse(this.faults.error);
    if (this.faults.rawAnswer !== undefined) return socket.send(this.faults.rawAnswer);
    if (!request.entity_ids.every((entityId) => ENTITY_ID.test(entityId))) {
      return refuse({ code: 'invalid_entity_ids', message: 'Invalid entity_ids' });
    }
    const text = JSON.stringify({ id, type: 'result', success: true, result: this.#find(request) });
    if ((this.faults.dropAnswers ?? 0) > 0) {
      this.faults.dropAnswers = (this.faults.dropAnswers ?? 0) - 1;
      // The first half of a message arrives, and then nothing more.
      socket.send(text.slice(0, text.length / 2), { fin: false }, () => socket.terminate());
      return;
    }
    socket.send(text);
  }

  #find(request: HistoryMessage): object {
    const start = unixSeconds(request.start_time);
    if (start > Date.now() / 1000) return {};
    const found = this.#history.find({
      entityIds: request.entity_ids,
      start,
      end: unixSeconds(request.end_time),
      withAttributes: !request.no_attributes,
      significantOnly: request.significant_changes_only,
      withStartState: request.include_start_time_state,
    });
    const { padding = 0 } = this.faults;
    if (padding === 0) return found;
    const pad = (state: { a?: object }): object => ({ ...state, a: { ...state.a, padding: 'x'.repeat(padding) } });
    return Object.fromEntries(Object.entries(found).map(([entityId, states]) => [entityId, states.map(pad)]));
  }
}

function send(socket: WebSocket, message: object): void {
  socket.send(JSON.stringify(message));
}

/** As Python's `datetime.timestamp()` divides whole microseconds. */
function unixSeconds(iso: string): number {
  const [, seconds, fraction = ''] = /^(.{19})(?:\.(\d{6}))?\+00:00$/.exec(iso) ?? [];
  const whole = Date.parse(`${seconds}Z`);
  if (Number.isNaN(whole)) throw new Error(`not a time: ${iso}`);
  return (whole * 1000 + Number(fraction)) / 1_000_000;
}
