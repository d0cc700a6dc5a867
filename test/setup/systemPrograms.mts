// Programs of the operating system that tests need, found where they usually are or installed where that takes no question.
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runStep } from './runStep.mts';

interface SystemProgram {
  readonly name: string;
  /** Names it goes by on PATH, then full paths of usual places. */
  readonly candidates: readonly string[];
  readonly debianPackage: string;
}

const CHROMIUM: SystemProgram = {
  name: 'Chromium',
  candidates: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  debianPackage: 'chromium',
};

const PYTHON: SystemProgram = { name: 'Python 3', candidates: ['python3'], debianPackage: 'python3' };

const REDIS: SystemProgram = {
  name: 'The Redis server',
  candidates: ['redis-server', 'valkey-server'],
  debianPackage: 'redis-server',
};

export class MissingProgramError extends Error {
  constructor({ name, debianPackage }: SystemProgram) {
    super(
      `${name} was not found on PATH. Install it, on Debian and Ubuntu with: sudo apt-get update && sudo apt-get install -y ${debianPackage}`,
    );
    this.name = 'MissingProgramError';
  }
}

/** @returns the path of a Chromium or Chrome; on Debian, root gets it installed. @throws MissingProgramError, StepError */
export function findChromium(log: (line: string) => void): Promise<string> {
  return findOrInstall(CHROMIUM, log);
}

/** @returns the path of python3; on Debian, root gets it installed. @throws MissingProgramError, StepError */
export function findPython(log: (line: string) => void): Promise<string> {
  return findOrInstall(PYTHON, log);
}

/** @returns the path of redis-server; on Debian, root gets it installed. @throws MissingProgramError, StepError */
export function findRedisServer(log: (line: string) => void): Promise<string> {
  return findOrInstall(REDIS, log);
}

/** @returns the first executable file of that name on PATH; a full path is looked up as it is */
export async function findProgram(name: string): Promise<string | undefined> {
  const folders = name.startsWith('/') ? [''] : (process.env['PATH'] ?? '').split(delimiter);
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const path of folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending)))) {
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return undefined;
}

async function findFirst(candidates: readonly string[]): Promise<string | undefined> {
  for (const candidate of candidates) {
    const path = await findProgram(candidate);
    if (path) return path;
  }
  return undefined;
}

async function findOrInstall(program: SystemProgram, log: (line: string) => void): Promise<string> {
  const found = await findFirst(program.candidates);
  if (found) return found;
  if (process.getuid?.() !== 0 || !(await findProgram('apt-get'))) throw new MissingProgramError(program);
  log(`Installing ${program.name} (apt-get install ${program.debianPackage}) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runStep('apt-get', ['update'], { env });
  await runStep('apt-get', ['install', '-y', '--no-install-recommends', program.debianPackage], { env });
  const installed = await findFirst(program.candidates);
  if (!installed) throw new MissingProgramError(program);
  return installed;
}
