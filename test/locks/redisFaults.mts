// Two hosts that write under one Redis lock while something fails again and again, and what came of it.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildDatabase } from '../support/buildDatabase.mts';
import { Sqlite } from '../support/core.mts';
import { CuttingProxy, CUTS } from '../support/cuttingProxy.mts';
import { RedisServer } from '../support/redisServer.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import type { RedisWrite, RedisWriterOptions, RedisWriterOrder, RedisWriterReport } from './redisWriter.mts';

type Accepted = Extract<RedisWrite, { fence: number }>;
export type Refused = Extract<RedisWrite, { code: string }>;

export interface FaultFigures {
  /** How often something failed. */
  readonly rounds: number;
  readonly accepted: number;
  readonly refused: readonly Refused[];
  /** Writes that were accepted after one with a later fencing token, or with the same one; and rows that should not, or should, be there. */
  readonly violations: readonly string[];
  readonly seconds: number;
}

/** ms; the time to live of a lease in these runs. */
const TTL = 250;
/** Databases that one host writes at once where it is stopped as a whole. */
const DATABASES = 3;
const WRITER = fileURLToPath(new URL('redisWriter.mts', import.meta.url));

class Host {
  readonly paths: readonly string[];
  readonly writes: RedisWrite[] = [];
  readonly #child: ChildProcess;
  #isInside = false;
  #isStopped = false;
  #before = 0;

  private constructor(paths: readonly string[], child: ChildProcess) {
    this.paths = paths;
    this.#child = child;
    child.on('message', (report: RedisWriterReport) => {
      if ('write' in report) this.writes.push(report.write);
      if ('inside' in report) this.#isInside = true;
      if ('stopped' in report) this.#isStopped = true;
    });
  }

  static async start(paths: readonly string[], url: string): Promise<Host> {
    const options: RedisWriterOptions = { paths, redis: { url, ttl: TTL / 1000 }, timeout: 10 };
    const child = fork(WRITER, [JSON.stringify(options)], { serialization: 'advanced' });
    const host = new Host(paths, child);
    await once(child, 'message');
    return host;
  }

  get accepted(): readonly Accepted[] {
    return this.writes.filter((write) => 'fence' in write);
  }

  get refused(): readonly Refused[] {
    return this.writes.filter((write) => 'code' in write);
  }

  order(order: RedisWriterOrder): void {
    this.#isInside = false;
    this.#before = this.writes.length;
    this.#child.send(order);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves when all that was ordered is inside, or one of it has failed to get there. */
  inside(): Promise<void> {
    return until(() => this.#isInside || this.writes.length > this.#before, 'all writes to be inside');
  }

  /** Waits for `count` more writes that `counts` counts. */
  async more(counts: 'writes' | 'accepted', count = 1): Promise<void> {
    const target = this[counts].length + count;
    await until(() => this[counts].length >= target, `${count} more of ${counts}`);
  }

  /** Resolves when nothing is being written any more. */
  async stop(): Promise<void> {
    this.order({ stop: true });
    await until(() => this.#isStopped, 'the loop to stop');
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`20 s were not enough for ${what}.`);
    await sleep(2);
  }
}

/** Ends everything in reverse, whatever happened. */
class Stack {
  readonly #ends: (() => unknown)[] = [];

  use<T>(thing: T, end: (thing: T) => unknown): T {
    this.#ends.push(() => end(thing));
    return thing;
  }

  async end(): Promise<void> {
    for (const end of this.#ends.toReversed()) await end();
  }
}

/**
 * Two hosts with a copy of the database each: neither SQLite's locks nor the guard keep them apart, only Redis and the record of
 * fencing tokens that they share.
 */
async function startHosts(stack: Stack, count: number, urls: readonly [string, string]): Promise<readonly [Host, Host]> {
  const { path: folder } = stack.use(temporaryFolder('redis-hosts'), (made) => made.remove());
  const pathsOf = (host: number): string[] =>
    Array.from({ length: count }, (_, index) => join(folder, `host${host}`, `db${index}`, 'area_occupancy.db'));
  const original = join(folder, 'area_occupancy.db');
  buildDatabase(original, { version: 3, areas: 1, entities: 1, days: 1 });
  for (const path of [...pathsOf(0), ...pathsOf(1)]) {
    mkdirSync(join(path, '..'), { recursive: true });
    copyFileSync(original, path);
  }
  const first = stack.use(await Host.start(pathsOf(0), urls[0]), (host) => host.end());
  first.order({ write: 0 });
  await first.more('writes', count);
  for (const [index, path] of pathsOf(1).entries()) symlinkSync(`${pathsOf(0)[index]}.lock.fence`, `${path}.lock.fence`);
  const second = stack.use(await Host.start(pathsOf(1), urls[1]), (host) => host.end());
  return [first, second];
}

/** What must not be: see FaultFigures. */
function violationsOf(hosts: readonly Host[]): string[] {
  const found: string[] = [];
  for (const index of hosts[0]?.paths.keys() ?? []) {
    const accepted = hosts.flatMap((host) => host.accepted.filter(({ path }) => path === host.paths[index]));
    const events = accepted.flatMap(({ fence, checkedAt, committedAt }) => [
      { at: checkedAt, fence, isCheck: true },
      { at: committedAt, fence, isCheck: false },
    ]);
    events.sort((one, other) => (one.at < other.at ? -1 : 1));
    let highest = 0;
    for (const { fence, isCheck } of events) {
      if (isCheck && fence <= highest) found.push(`database ${index}: ${fence} was accepted after ${highest}`);
      if (!isCheck) highest = Math.max(highest, fence);
    }
    if (new Set(accepted.map(({ fence }) => fence)).size < accepted.length) found.push(`database ${index}: a token came twice`);
  }
  return [...found, ...hosts.flatMap(rowFaults)];
}

function rowFaults(host: Host): string[] {
  return host.paths.flatMap((path) => {
    const database = new Sqlite(path, { readonly: true });
    const rows = database.prepare("SELECT count(*) FROM intervals WHERE entity_id LIKE 'sensor.planned%'").pluck().get();
    database.close();
    const accepted = host.accepted.filter((write) => write.path === path).length;
    return rows === accepted ? [] : [`${path}: ${accepted} writes were accepted, but ${String(rows)} rows are there`];
  });
}

async function measured(rounds: number, run: (stack: Stack) => Promise<readonly Host[]>): Promise<FaultFigures> {
  const began = performance.now();
  const stack = new Stack();
  try {
    const hosts = await run(stack);
    return {
      rounds,
      accepted: hosts.reduce((sum, { accepted }) => sum + accepted.length, 0),
      refused: hosts.flatMap(({ refused }) => refused),
      violations: violationsOf(hosts),
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await stack.end();
  }
}

/** Both write all the time, the first for up to `hold` ms each, so that what fails often finds it inside; `fail` is called again and again. */
function whileWriting(rounds: number, hold: number, prepare: (stack: Stack) => Promise<WritingWorld>): Promise<FaultFigures> {
  return measured(rounds, async (stack) => {
    const { urls, fail } = await prepare(stack);
    const hosts = await startHosts(stack, 1, urls);
    hosts[0].order({ loop: hold, pause: 2 });
    hosts[1].order({ loop: 5, pause: 20 });
    for (let round = 0; round < rounds; round++) {
      await sleep(10 + Math.random() * 40);
      await fail(round);
      await Promise.race(hosts.map((host) => host.more('accepted')));
    }
    await Promise.all(hosts.map((host) => host.stop()));
    return hosts;
  });
}

interface WritingWorld {
  readonly urls: readonly [string, string];
  readonly fail: (round: number) => Promise<unknown>;
}

async function startServer(stack: Stack): Promise<RedisServer> {
  return stack.use(await RedisServer.start(), (server) => server.stop());
}

/** The server ends as by kill -9, and comes back empty: at once, or when the writers have given it up. */
export function killedServer(rounds: number): Promise<FaultFigures> {
  return whileWriting(rounds, 5, async (stack) => {
    const server = await startServer(stack);
    const fail = async (round: number): Promise<void> => {
      await server.kill();
      await sleep(round % 4 === 3 ? 2 * TTL : Math.random() * 30);
      await server.restart();
    };
    return { urls: [server.url, server.url], fail };
  });
}

/** The server lives, and forgets everything. */
export function lostCounter(rounds: number): Promise<FaultFigures> {
  return whileWriting(rounds, 5, async (stack) => {
    const server = await startServer(stack);
    return { urls: [server.url, server.url], fail: () => server.command('FLUSHALL') };
  });
}

/** The connection of one host is cut, in all the ways that there are, for less or more than its lease lasts. */
export function cutConnection(rounds: number): Promise<FaultFigures> {
  return whileWriting(rounds, 3 * TTL, async (stack) => {
    const server = await startServer(stack);
    const proxy = stack.use(await CuttingProxy.start(server.port), (made) => made.stop());
    const fail = async (round: number): Promise<void> => {
      proxy.cut = CUTS[round % CUTS.length] ?? 'stall';
      // Every third one for longer than any write can make do without its lease.
      await sleep(TTL * (round % CUTS.length === 0 ? 2.2 : 0.2 + 1.5 * Math.random()));
      proxy.cut = 'open';
    };
    return { urls: [proxy.url, server.url], fail };
  });
}

/** One host is stopped for longer than its leases last, inside its writes or anywhere on the way there, while the other writes. */
export function stoppedProcess(rounds: number): Promise<FaultFigures> {
  const stops = Math.ceil(rounds / DATABASES);
  return measured(stops * DATABASES, async (stack) => {
    const server = await startServer(stack);
    const hosts = await startHosts(stack, DATABASES, [server.url, server.url]);
    for (let stop = 0; stop < stops; stop++) {
      const [stopped, other] = stop % 2 === 0 ? hosts : hosts.toReversed();
      if (!stopped || !other) break;
      const done = stopped.more('writes', DATABASES);
      stopped.order({ write: TTL / 2 });
      await (stop % 4 < 2 ? stopped.inside() : sleep(Math.random() * 12));
      stopped.signal('SIGSTOP');
      other.order({ write: 0 });
      // By now the stopped one's leases have run out, where it had them.
      await other.more('writes', DATABASES);
      stopped.signal('SIGCONT');
      await done;
    }
    return hosts;
  });
}
