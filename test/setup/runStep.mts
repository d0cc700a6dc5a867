import { spawn } from 'node:child_process';
import { constants } from 'node:os';

export interface StepOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A command of the set-up failed; the message ends with everything that it printed. */
export class StepError extends Error {
  constructor(command: string, code: number, output: string) {
    super(`${command} ended with exit code ${code}:\n${output}`);
    this.name = 'StepError';
  }
}

/**
 * Runs a command quietly and returns what it printed, stdout and stderr as one text.
 * @throws StepError, with the output, where it cannot be started or ends with another exit code than 0
 */
export function runStep(command: string, args: readonly string[], options: StepOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const shown = [command, ...args].join(' ');
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', (error) => reject(new StepError(shown, 127, `${output}${error.message}`)));
    child.once('close', (code, signal) => {
      const status = code ?? 128 + (signal ? constants.signals[signal] : 0);
      if (status === 0) resolve(output);
      else reject(new StepError(shown, status, output));
    });
  });
}
