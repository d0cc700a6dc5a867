// Runs one of our TypeScript scripts with the project's own Node 24, installing the project's packages first where they are
// missing or out of step. Plain JavaScript without dependencies, since all it may count on is the Node (18 or later) that runs npm.
// Usage: node test/setup/bootstrap.mjs <script.mts> [arguments]
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const packages = join(root, 'node_modules');

/**
 * Compares node_modules/.package-lock.json, npm's own record of what it installed, with package-lock.json: so an `npm ci` that the user ran
 * counts too. npm deletes node_modules first and writes the record last, hence an interrupted installation has none.
 */
function isInStep() {
  let wanted, installed;
  try {
    wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    installed = JSON.parse(readFileSync(join(packages, '.package-lock.json'), 'utf8')).packages;
  } catch {
    return false;
  }
  return Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
    if (path === '') return true;
    const found = installed[path];
    // Packages for other platforms are optional, and rightly missing.
    if (!found) return Boolean(optional || devOptional);
    return found.version === version && found.integrity === integrity;
  });
}

/** The Node 24 that the npm package `node` brought. Its Windows build has another name, which `node_modules/.bin` does not always know. */
function nodeExecutable() {
  return join(packages, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function install() {
  console.error('Installing the packages of package-lock.json (npm ci) …');
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  // npm_execpath is npm's own script where npm runs us; by hand there is only the command, a batch file on Windows.
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], options)
    : spawnSync('npm ci --no-audit --no-fund --loglevel=error', { ...options, shell: true });
  if (result.status !== 0) fail('The packages could not be installed. See the output above, then run: npm ci');
}

/** @returns {never} */
function fail(message) {
  console.error(message);
  process.exit(1);
}

function run(node, script, scriptArguments) {
  const path = [dirname(node), join(packages, '.bin'), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(node, [script, ...scriptArguments], { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: path } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm passes a signal on to its shell alone, and so we may outlive both without hearing of it.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
  child.on('error', (error) => fail(`${node} could not be started (${error.message}). Run: npm ci`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

const [script, ...scriptArguments] = process.argv.slice(2);
if (!script) fail('Usage: node test/setup/bootstrap.mjs <script.mts> [arguments]');
if (Number(process.versions.node.split('.')[0]) < 18) {
  fail(
    `Node ${process.versions.node} is too old to set this project up. Install Node 18 or later from https://nodejs.org, then run the command again.`,
  );
}
if (!isInStep() || !existsSync(nodeExecutable())) install();
if (!existsSync(nodeExecutable())) fail(`npm installed no Node 24 at ${nodeExecutable()}. Run: npm rebuild node`);
run(nodeExecutable(), script, scriptArguments);
