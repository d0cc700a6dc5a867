import { fork, type ChildProcess } from 'node:child_process';
import { CancelledError, ProcessEndedError } from '../core/errors';
import type { Log } from '../core/ports/log';
import type { DatabaseEvent, DatabaseMethod, DatabaseRequests, FromDatabase, ToDatabase } from '../protocol/databaseProtocol';
import { RemoteError } from '../protocol/errorRecord';

interface Pending {
  readonly method: DatabaseMethod;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** ms without an answer after which the process counts as stuck and is ended; null for as long as it takes. */
  readonly limit?: number | null;
}

/**
 * Ending the process while one of these runs could interrupt a removal or a write half-way, or leave half a file. They are given time to end, and when
 * cancelled they answer themselves: only they know how far they came.
 */
const letEnd: ReadonlySet<DatabaseMethod> = new Set<DatabaseMethod>(['clearStaleLock', 'applySync', 'exportRows']);
/** ms; a removal waits for the guard and for a confirmation, 2 s each, a write for its chunk. A process that takes longer is stuck. */
const TIME_TO_END = 10_000;

/** One run of the database process: requests, answers, events, and its end. It never restarts itself. */
export class DatabaseProcess {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  /** Of the requests that are not answered yet. */
  readonly #limits = new Set<NodeJS.Timeout>();
  readonly #log: Log;
  #nextId = 1;
  #ending = 'ended unexpectedly';
  #alive = true;

  /** @param serverPath path of dist/server.js */
  constructor(serverPath: string, log: Log, onEvent: (event: DatabaseEvent) => void, onEnd: (how: string) => void) {
    this.#log = log;
    this.#child = fork(serverPath, [], {
      // In desktop VS Code process.execPath is Electron; this makes it behave as Node.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      // Its answers are small and short-lived: a small young generation saves some MB, which the usual host has few of.
      execArgv: ['--max-semi-space-size=1'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', (data: Buffer) => log.warn(`database process: ${data.toString().trimEnd()}`));
    this.#child.on('message', (message: FromDatabase) => {
      if (!('event' in message)) this.#settle(message);
      else if (message.event === 'opening') for (const limit of this.#limits) limit.refresh();
      else onEvent(message);
    });
    this.#child.on('error', (error) => this.#end(`could not be started (${error.message})`, onEnd));
    this.#child.on('exit', (code, signal) => this.#end(`${this.#ending} (${signal ?? `exit code ${code}`})`, onEnd));
  }

  /** Rejects with the process's own error (RemoteError), with CancelledError, or with ProcessEndedError. */
  request<M extends DatabaseMethod>(
    method: M,
    params: DatabaseRequests[M]['params'],
    { signal, limit = 30_000 }: RequestOptions = {},
  ): Promise<DatabaseRequests[M]['result']> {
    if (signal?.aborted) return Promise.reject(new CancelledError(method));
    if (!this.#alive) return Promise.reject(this.#ended(this.#ending));
    const id = this.#nextId++;
    const answer = new Promise<DatabaseRequests[M]['result']>((resolve, reject) => {
      this.#pending.set(id, { method, resolve, reject });
      this.#send({ id, method, params });
    });
    const isStuck = (): void => this.#interrupt(id, `did not answer ${method} within ${(limit ?? 0) / 1000} s and was ended`);
    const stuck = limit === null ? undefined : setTimeout(isStuck, limit);
    if (stuck) this.#limits.add(stuck);
    const cancel = (): void => this.#cancel(id, method);
    signal?.addEventListener('abort', cancel, { once: true });
    return answer.finally(() => {
      clearTimeout(stuck);
      if (stuck) this.#limits.delete(stuck);
      signal?.removeEventListener('abort', cancel);
    });
  }

  /** Lets the process release what it holds and exit; ends it after 2 s if it does not. */
  stop(): void {
    this.#ending = 'was closed';
    if (this.#child.connected) this.#child.disconnect();
    const child = this.#child;
    setTimeout(() => child.kill('SIGKILL'), 2000).unref();
  }

  #cancel(id: number, method: DatabaseMethod): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#send({ cancel: id });
    if (!letEnd.has(method)) pending.reject(new CancelledError(method));
    // SQLite runs synchronously in there: if the query has not yielded after a second, only ending the process stops it.
    setTimeout(() => this.#interrupt(id, `was ended, because ${method} went on after it was cancelled`), 1000).unref();
  }

  #interrupt(id: number, how: string): void {
    const endNow = (): void => {
      if (!this.#pending.has(id)) return;
      this.#ending = how;
      this.#child.kill('SIGKILL');
    };
    if ([...this.#pending.values()].some(({ method }) => letEnd.has(method))) setTimeout(endNow, TIME_TO_END).unref();
    else endNow();
  }

  #send(message: ToDatabase): void {
    // A failed send means that the process is going: its exit rejects what is pending.
    this.#child.send(message, (error) => error && this.#log.debug(`database process: ${error.message}`));
  }

  #settle(message: Exclude<FromDatabase, DatabaseEvent>): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if ('error' in message) pending?.reject(new RemoteError(message.error));
    else pending?.resolve(message.result as never);
  }

  #end(how: string, onEnd: (how: string) => void): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#ending = how;
    for (const { reject } of this.#pending.values()) reject(this.#ended(how));
    this.#pending.clear();
    onEnd(how);
  }

  #ended(how: string): ProcessEndedError {
    return new ProcessEndedError(
      `The database process ${how}.`,
      'It is started again by itself; run Refresh if the view stays empty.',
    );
  }
}
