// Runs inside the extension host, in code-server as in desktop VS Code: every *.host.js beside this bundle, by mocha.
import Mocha from 'mocha';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface HostTest {
  readonly title: string;
  readonly state: 'passed' | 'failed';
  readonly milliseconds: number;
  readonly error?: string;
}

const TIMEOUT_MS = 30_000;

/** The entry point that VS Code calls. Writes the results as JSON to the file that HOST_TEST_RESULTS names; rejects where a test failed. */
export async function run(): Promise<void> {
  const results = process.env['HOST_TEST_RESULTS'];
  if (!results) throw new Error('HOST_TEST_RESULTS does not name the file for the results.');
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: TIMEOUT_MS,
    forbidOnly: true,
    forbidPending: true,
    reporter: Mocha.reporters.Base,
  });
  for (const file of await readdir(__dirname, { recursive: true }))
    if (file.endsWith('.host.js')) mocha.addFile(join(__dirname, file));

  const tests: HostTest[] = [];
  await new Promise<void>((resolve) => {
    const running = mocha.run(() => resolve());
    running.on('pass', (test) => tests.push({ title: test.fullTitle(), state: 'passed', milliseconds: test.duration ?? 0 }));
    running.on('fail', (test, error: Error) =>
      tests.push({
        title: test.fullTitle(),
        state: 'failed',
        milliseconds: test.duration ?? 0,
        error: error.stack ?? error.message,
      }),
    );
  });
  await writeFile(results, `${JSON.stringify(tests, null, 2)}\n`);
  const failed = tests.filter(({ state }) => state === 'failed').length;
  if (failed > 0 || tests.length === 0) throw new Error(`${failed} of ${tests.length} host tests failed.`);
}
