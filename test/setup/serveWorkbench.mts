// Serves the workbench of code-server on the loopback interface.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runStep } from './runStep.mts';
import type { Settings } from './workbenchSettings.mts';

export interface WorkbenchOptions {
  /** The server's main script, from installCodeServer(). */
  readonly serverMain: string;
  /** Where the server keeps its data, extensions and logs; made where it is missing. */
  readonly dataFolder: string;
  /** Installed first. */
  readonly vsix?: string;
  /** User settings to start with, where `dataFolder` has none yet. */
  readonly settings?: Settings;
  /** Taken when it is free, else any free port. */
  readonly port?: number;
  /** Opens every folder as trusted; without it VS Code asks, and starts in Restricted Mode. */
  readonly trusted?: boolean;
  readonly serverArguments?: readonly string[];
  /** Added to the environment of the server and of its extension hosts. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface Workbench {
  readonly port: number;
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  /** Has one folder per run with the logs of the server and of its extension hosts. */
  readonly logFolder: string;
  /** Fulfilled when the server has ended by itself or by stop(). */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5000;

/** @throws Error with the server's output where it does not answer within a minute */
export async function serveWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { serverMain, dataFolder, vsix, settings, trusted = false, serverArguments = [], env } = options;
  await mkdir(dataFolder, { recursive: true });
  if (settings) await writeSettings(dataFolder, settings);
  const folders = ['--server-data-dir', join(dataFolder, 'server'), '--extensions-dir', join(dataFolder, 'extensions')];
  const accepted = ['--accept-server-license-terms', '--telemetry-level', 'off'];
  if (vsix) await runStep(process.execPath, [serverMain, ...folders, ...accepted, '--install-extension', vsix, '--force']);

  const port = await freePort(options.port);
  // Without a token, since nobody but this machine reaches the loopback interface.
  const listen = ['--host', HOST, '--port', String(port), '--without-connection-token'];
  const trust = trusted ? ['--disable-workspace-trust'] : [];
  // A process group of its own, so that stop() ends the extension hosts and what they started as well.
  const server = spawn(process.execPath, [serverMain, ...listen, ...folders, ...accepted, ...trust, ...serverArguments], {
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-20_000)));
  }
  const ended = once(server, 'exit');
  const url = `http://${HOST}:${port}/`;
  const stop = (): Promise<void> => endGroup(server, ended);
  if (!(await answers(url, server))) {
    await stop();
    throw new Error(`code-server did not answer at ${url}. It printed:\n${output}`);
  }
  return { port, url, logFolder: join(dataFolder, 'server', 'data', 'logs'), ended, stop };
}

async function writeSettings(dataFolder: string, settings: Settings): Promise<void> {
  const folder = join(dataFolder, 'server', 'data', 'User');
  await mkdir(folder, { recursive: true });
  // Flag wx: what the user has set since the first start stays.
  await writeFile(join(folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`, { flag: 'wx' }).catch(
    (error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    },
  );
}

/** @returns `wanted` where nothing listens there, else a port that the system gives */
async function freePort(wanted = 0): Promise<number> {
  const probe = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(wanted, HOST, () => {
      const address = probe.address();
      resolve(typeof address === 'object' && address ? address.port : wanted);
    });
  }).catch((error: unknown) => {
    if (wanted === 0) throw error;
    return freePort();
  });
  probe.close();
  return port;
}

async function answers(url: string, server: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && server.exitCode === null && server.signalCode === null) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return true;
    await delay(100);
  }
  return false;
}

async function endGroup(server: ChildProcess, ended: Promise<unknown>): Promise<void> {
  signalGroup(server, 'SIGTERM');
  await Promise.race([ended, delay(STOP_TIMEOUT_MS, undefined, { ref: false })]);
  // Also where the server has ended: an extension host may outlive it.
  signalGroup(server, 'SIGKILL');
  await ended;
}

function signalGroup(server: ChildProcess, signal: NodeJS.Signals): void {
  if (server.pid === undefined) return;
  try {
    if (process.platform === 'win32') server.kill(signal);
    else process.kill(-server.pid, signal);
  } catch (error) {
    // ESRCH: the whole group has ended.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
