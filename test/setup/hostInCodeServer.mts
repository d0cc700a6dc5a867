import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { format } from 'node:util';
import { launchBrowser } from './browser.mts';
import { installCodeServer } from './codeServer.mts';
import { RESULTS, ROOT } from './paths.mts';
import { serveWorkbench } from './serveWorkbench.mts';
import { NO_GALLERY, QUIET } from './workbenchSettings.mts';

export interface HostRun {
  /** Absolute path of the folder to open. */
  readonly folder: string;
  /** A folder for the profile, deleted by the caller. */
  readonly scratch: string;
  /** Absolute path of the module whose run() the extension host calls. */
  readonly runner: string;
  readonly env: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 5 * 60_000;

/**
 * Runs the host tests in code-server's extension host, whose page a browser has to hold open. Its log is test-results/host.log.
 * @throws Error where the runner rejected, or did not end within 5 minutes
 */
export async function runInCodeServer({ folder, scratch, runner, env }: HostRun): Promise<void> {
  const serverMain = await installCodeServer((line) => console.error(line));
  const workbench = await serveWorkbench({
    serverMain,
    dataFolder: join(scratch, 'code-server'),
    settings: QUIET,
    trusted: true,
    serverArguments: ['--enable-smoke-test-driver'],
    env: { ...NO_GALLERY, ...env },
  });
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const log = createWriteStream(join(RESULTS, 'host.log'));
      // VS Code calls these two in the page when it runs extension tests: with what it and the tests log, and at their end.
      await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) =>
        log.write(`${format(`[${type}]`, ...args)}\n`),
      );
      const exit = new Promise<number>((resolve, reject) => {
        page.exposeFunction('codeAutomationExit', resolve).catch(reject);
      });
      await page.goto(`${workbench.url}?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(payload(runner))}`);
      const code = await Promise.race([exit, delay(TIMEOUT_MS, 'timeout', { ref: false })]);
      if (code === 'timeout')
        throw new Error(`The host tests did not end within ${TIMEOUT_MS / 60_000} minutes; see test-results/host.log.`);
      if (code !== 0) throw new Error(`The extension host ended the tests with code ${code}; see test-results/host.log.`);
    } finally {
      await browser.close();
    }
  } finally {
    await workbench.stop();
  }
}

function remote(path: string): string {
  return `vscode-remote://remote${path}`;
}

function payload(runner: string): string {
  return JSON.stringify([
    ['extensionDevelopmentPath', remote(ROOT)],
    ['extensionTestsPath', remote(runner)],
    ['skipWelcome', 'true'],
  ]);
}
