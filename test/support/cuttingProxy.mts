// A TCP proxy whose connections can be cut in the ways that networks cut them.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * `open`: all goes through. `refuse`: connections end, and new ones do. `stall`: they stay, but nothing comes through, in both ways.
 * `stallAnswers`: requests arrive, answers do not. What was stalled comes through late, when it is open again.
 */
export type Cut = 'open' | 'refuse' | 'stall' | 'stallAnswers';

export const CUTS: readonly Cut[] = ['refuse', 'stall', 'stallAnswers'];

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

export class CuttingProxy {
  readonly #target: number;
  readonly #listener: Server;
  readonly #pairs = new Set<Pair>();
  #cut: Cut = 'open';

  private constructor(target: number) {
    this.#target = target;
    this.#listener = createServer((client) => this.#accept(client));
  }

  /** @param target port on this machine */
  static async start(target: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target);
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.#listener.address() as AddressInfo).port}`;
  }

  set cut(cut: Cut) {
    this.#cut = cut;
    for (const pair of this.#pairs) this.#apply(pair);
  }

  async stop(): Promise<void> {
    this.cut = 'refuse';
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  #accept(client: Socket): void {
    const server = connect(this.#target, '127.0.0.1');
    const pair = { client, server };
    this.#pairs.add(pair);
    const end = (): void => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
    client.on('data', (data) => server.write(data));
    server.on('data', (data) => client.write(data));
    this.#apply(pair);
  }

  #apply({ client, server }: Pair): void {
    if (this.#cut === 'refuse') client.destroy();
    if (this.#cut === 'stall') client.pause();
    else client.resume();
    if (this.#cut === 'open') server.resume();
    else server.pause();
  }
}
