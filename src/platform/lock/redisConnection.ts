import { ClientClosedError, createClient, DisconnectsClientError, ErrorReply, type RedisClientType } from '@redis/client';
import type { RedisCall } from '../../core/lock/redisScripts';
import { isPassing } from '../../core/lock/redisReplies';
import type { RedisFault, RedisThreadData } from './redisMessages';

/** Speaks version 2 of the protocol: every version of Redis does, and whatever else speaks it. */
const RESP = 2;
type Client = RedisClientType<{}, {}, {}, typeof RESP>;

/** A call that failed, as a message can carry it. */
export class RedisFaultError extends Error {
  readonly fault: RedisFault;

  constructor(fault: RedisFault) {
    super('unreachable' in fault ? fault.unreachable : fault.reply);
    this.fault = fault;
  }
}

/**
 * A connection to the server, made when it is needed. A cut one is not mended but replaced at the next call: what was sent over it
 * fails at once instead of being sent again later, when nobody wants it any more.
 */
export class RedisConnection {
  readonly #data: RedisThreadData;
  #client: Promise<Client> | undefined;

  constructor(data: RedisThreadData) {
    this.#data = data;
  }

  /** @returns what the script answers @throws RedisFaultError, after `times.answer` at the latest, once for connecting and once more */
  async run({ script, keys, arguments: values }: RedisCall): Promise<unknown> {
    return this.#ask((client) => client.sendCommand(['EVAL', script, String(keys.length), ...keys, ...values]));
  }

  /** `listener` hears every message of the channel until the connection ends. @throws RedisFaultError */
  async subscribe(channel: string, listener: () => void): Promise<void> {
    await this.#ask((client) => client.subscribe(channel, listener));
  }

  /** Ends the connection at once. */
  drop(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.then((open) => open.isOpen && open.destroy()).catch(() => undefined);
  }

  async #ask<T>(question: (client: Client) => Promise<T>): Promise<T> {
    const client = await this.#ready();
    try {
      return await within(question(client), this.#data.times.answer);
    } catch (error) {
      if (error instanceof ErrorReply && !isPassing(error.message)) throw new RedisFaultError({ reply: error.message });
      // Nothing that comes later over this connection could be told from the answer that did not come.
      if (!(error instanceof ErrorReply)) this.drop();
      throw new RedisFaultError({ unreachable: shortly(error) });
    }
  }

  async #ready(): Promise<Client> {
    for (;;) {
      this.#client ??= this.#connect();
      const client = await this.#client;
      if (client.isReady) return client;
      this.#client = undefined;
    }
  }

  #connect(): Promise<Client> {
    const { address, password, times } = this.#data;
    const { host, port, tls, username, index } = address;
    const common = { host, port, connectTimeout: times.answer, reconnectStrategy: false } as const;
    const client: Client = createClient({
      socket: tls ? { ...common, tls: true } : common,
      RESP,
      disableOfflineQueue: true,
      database: index,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    });
    // Without a listener, a cut connection would be an uncaught exception; whoever waits for an answer hears of it.
    client.on('error', () => undefined);
    const connected = within(client.connect(), times.answer).then(
      () => client,
      (error: unknown) => {
        if (client.isOpen) client.destroy();
        if (this.#client === connected) this.#client = undefined;
        const isReply = error instanceof ErrorReply && !isPassing(error.message);
        throw new RedisFaultError(isReply ? { reply: error.message } : { unreachable: shortly(error) });
      },
    );
    return connected;
  }
}

/** @param ms after which the answer is not waited for any more */
function within<T>(answer: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${Math.round(ms)} ms`)), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function shortly(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof DisconnectsClientError || error instanceof ClientClosedError) return 'the connection was cut';
  const { code } = error as NodeJS.ErrnoException;
  // Where a name has several addresses, each has failed in its own way.
  if (error instanceof AggregateError) return shortly(error.errors[0]);
  return code ?? error.message;
}
