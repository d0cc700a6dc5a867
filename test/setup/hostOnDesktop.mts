import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import type { HostRun } from './hostInCodeServer.mts';
import { ROOT } from './paths.mts';
import { QUIET } from './workbenchSettings.mts';

/**
 * Runs the host tests in desktop VS Code: the newest, the version that VSCODE_VERSION names, or the executable that VSCODE_EXECUTABLE names.
 * @throws TestRunFailedError where the runner rejected
 */
export async function runOnDesktop({ folder, scratch, runner, env }: HostRun): Promise<void> {
  const { VSCODE_EXECUTABLE, VSCODE_VERSION } = process.env;
  const profile = join(scratch, 'desktop');
  await mkdir(join(profile, 'User'), { recursive: true });
  await writeFile(join(profile, 'User', 'settings.json'), JSON.stringify(QUIET));
  await runTests({
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: runner,
    extensionTestsEnv: env,
    launchArgs: [folder, `--user-data-dir=${profile}`, '--disable-workspace-trust', '--disable-extensions'],
    ...(VSCODE_EXECUTABLE ? { vscodeExecutablePath: VSCODE_EXECUTABLE } : {}),
    ...(VSCODE_VERSION ? { version: VSCODE_VERSION } : {}),
  });
}
