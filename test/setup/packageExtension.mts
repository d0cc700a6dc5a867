import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCommand } from './npmCommand.mts';
import { ROOT } from './paths.mts';
import { runStep } from './runStep.mts';

/**
 * Builds and packages the extension, as `npm run package` does.
 * @returns the path of the .vsix
 * @throws StepError with the output
 */
export async function packageExtension(): Promise<string> {
  await runStep(...npmCommand(['run', 'package']), { cwd: ROOT });
  const { name, version }: { name: string; version: string } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  return join(ROOT, `${name}-${version}.vsix`);
}
