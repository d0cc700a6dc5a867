// Once per run: what every workbench of the specs needs, so that a spec starts in seconds.
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeDemoConfig } from '../../demo/demoConfig.mts';
import { installCodeServer } from '../../setup/codeServer.mts';
import { packageExtension } from '../../setup/packageExtension.mts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Main script of code-server's server. */
    serverMain: string;
    /** The package under test. */
    vsix: string;
    /** A folder outside of the repository that is deleted after the run. */
    scratch: string;
    /** A demo config folder in it, to be copied, not opened. */
    demoFolder: string;
  }
}

/** The package is made now, or is the one that E2E_VSIX names. */
export default async function prepare(project: TestProject): Promise<() => Promise<void>> {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'area-occupancy-e2e-')));
  project.provide('scratch', scratch);
  project.provide('serverMain', await installCodeServer((line) => console.error(line)));
  project.provide('vsix', process.env['E2E_VSIX'] ?? (await packageExtension()));
  project.provide('demoFolder', (await makeDemoConfig(join(scratch, 'demo'), new Date())).folder);
  return () => rm(scratch, { recursive: true, force: true, maxRetries: 5 });
}
