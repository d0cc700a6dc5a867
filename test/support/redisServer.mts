// A real Redis server of a test's own: its own port, its own folder, nothing kept on disk.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRedisServer } from '../setup/systemPrograms.mts';
import { temporaryFolder } from './temporaryFolder.mts';

export interface RedisServerOptions {
  /** Of the default user; none. */
  readonly password?: string;
  /** Further lines of its configuration, such as `['--replicaof', '127.0.0.1', '6379']`. */
  readonly arguments?: readonly string[];
}

/** ms in which a server is to answer. */
const TIME_TO_START = 10_000;

export class RedisServer {
  readonly port: number;
  readonly #program: string;
  readonly #options: RedisServerOptions;
  readonly #folder = temporaryFolder('redis');
  #child: ChildProcess | undefined;

  private constructor(program: string, port: number, options: RedisServerOptions) {
    this.#program = program;
    this.port = port;
    this.#options = options;
  }

  /** Resolves when it answers. */
  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    const server = new RedisServer(await findRedisServer(console.error), await freePort(), options);
    await server.restart();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Ends it as a crash does: with what it held in memory, since it keeps nothing else. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Starts it on the same port, empty. */
  async restart(): Promise<void> {
    await this.kill();
    const { password, arguments: more = [] } = this.#options;
    const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const auth = password === undefined ? [] : ['--requirepass', password];
    const child = spawn(this.#program, [...settings, '--dir', this.#folder.path, ...auth, ...more], { stdio: 'ignore' });
    this.#child = child;
    const until = performance.now() + TIME_TO_START;
    while (!(await this.command('PING').catch(() => ''))) {
      if (child.exitCode !== null) throw new Error(`${this.#program} ended with exit code ${child.exitCode}.`);
      if (performance.now() > until) throw new Error(`${this.#program} did not answer within ${TIME_TO_START / 1000} s.`);
      await sleep(5);
    }
  }

  /** Sends one command as a person at a terminal would. @returns the first line of the answer, whatever it is */
  command(line: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, '127.0.0.1', () => socket.write(`${line}\r\n`));
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('closed')));
      socket.once('data', (data) => {
        resolve(data.toString().split('\r\n', 1)[0] ?? '');
        socket.destroy();
      });
    });
  }

  async stop(): Promise<void> {
    await this.kill();
    this.#folder.remove();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
