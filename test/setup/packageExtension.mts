import { createVSIX } from '@vscode/vsce';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmCommand } from './npmCommand.mts';
import { ROOT } from './paths.mts';
import { runStep } from './runStep.mts';

/** Targets of VS Code that better-sqlite3 brings a binary for, and what that is called. On others the universal package runs. */
export const TARGETS = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'alpine-x64': 'linuxmusl-x64',
  'alpine-arm64': 'linuxmusl-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
} as const;

export type Target = keyof typeof TARGETS;

/** The line of .vscodeignore that lets every binary in. */
const EVERY_BINARY = '!dist/better-sqlite3/prebuilds/*.node';

/** What .vscodeignore says for a target. Throws when the line that names the binaries is no longer there. */
export async function ignoreTextOf(target: Target | undefined): Promise<string> {
  const text = await readFile(join(ROOT, '.vscodeignore'), 'utf8');
  if (!text.includes(EVERY_BINARY)) throw new Error(`.vscodeignore has no line ${EVERY_BINARY}.`);
  return target === undefined ? text : text.replace(EVERY_BINARY, EVERY_BINARY.replace('*', TARGETS[target]));
}

/** Packages what was built. @param target undefined for the universal package @returns the path of the .vsix */
export async function packageFor(target: Target | undefined, folder = ROOT): Promise<string> {
  const { name, version }: { name: string; version: string } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const packagePath = join(folder, `${[name, target].filter(Boolean).join('-')}-${version}.vsix`);
  const scratch = await mkdtemp(join(tmpdir(), 'area-occupancy-package-'));
  try {
    const ignoreFile = join(scratch, '.vscodeignore');
    await writeFile(ignoreFile, await ignoreTextOf(target));
    const options = { cwd: ROOT, packagePath, dependencies: false, allowMissingRepository: true, ignoreFile };
    await createVSIX({ ...options, ...(target && { target }) });
    return packagePath;
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/**
 * Builds and packages the extension, as `npm run package` does.
 * @returns the path of the .vsix
 * @throws StepError with the output
 */
export async function packageExtension(): Promise<string> {
  await runStep(...npmCommand(['run', 'build']), { cwd: ROOT });
  return packageFor(undefined);
}
