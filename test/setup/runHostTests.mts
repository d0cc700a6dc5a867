// npm run test:host: the suites of test/host inside a real extension host, on a demo Home Assistant config folder.
// In code-server; with --desktop in the desktop VS Code that @vscode/test-electron downloads (or that VSCODE_EXECUTABLE names).
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDemoConfig } from '../demo/demoConfig.mts';
import { runInCodeServer } from './hostInCodeServer.mts';
import { runOnDesktop } from './hostOnDesktop.mts';
import { RESULTS, ROOT } from './paths.mts';
import { runStep } from './runStep.mts';

interface HostTest {
  readonly title: string;
  readonly state: 'passed' | 'failed';
  readonly milliseconds: number;
  readonly error?: string;
}

const results = join(RESULTS, 'host.json');
/** Outside of this repository, as a user's config folder is; the name is short, since macOS allows a socket's path 103 characters. */
const scratch = await realpath(await mkdtemp(join(tmpdir(), 'occupancy-')));
let failure: unknown;
try {
  await mkdir(RESULTS, { recursive: true });
  await rm(results, { force: true });
  await runStep(process.execPath, ['esbuild.mjs', '--host-tests'], { cwd: ROOT });
  const { folder } = await makeDemoConfig(join(scratch, 'config'), new Date());
  const run = process.argv.includes('--desktop') ? runOnDesktop : runInCodeServer;
  await run({
    folder,
    scratch,
    runner: join(RESULTS, 'host', 'runner.js'),
    env: { HOST_TEST_RESULTS: results, HOST_TEST_NODE: process.execPath },
  });
} catch (error) {
  failure = error;
} finally {
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
}

const tests: readonly HostTest[] = existsSync(results) ? JSON.parse(await readFile(results, 'utf8')) : [];
for (const { title, state, milliseconds, error } of tests) {
  console.log(`${state === 'passed' ? '✓' : '✗'} ${title} (${milliseconds} ms)${error ? `\n${error}` : ''}`);
}
const failed = tests.filter(({ state }) => state === 'failed').length;
console.log(`Host tests: ${tests.length - failed} passed, ${failed} failed`);
if (failure && failed === 0) console.error(failure instanceof Error ? failure.message : failure);
if (failure || failed > 0 || tests.length === 0) process.exitCode = 1;
