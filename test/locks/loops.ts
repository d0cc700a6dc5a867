import type { ChildProcess } from 'node:child_process';
import { start } from './support';

/** One use of the lock, as one of the loopers printed it; times in ms. */
export interface Use {
  readonly who: string;
  /** When it began, by the system's monotonic clock. */
  readonly from: number;
  readonly waited: number;
  readonly held: number;
}

export interface Loop {
  readonly who: string;
  readonly program: 'looper.mts' | 'pythonLooper.py';
  /** After the lock's path. */
  readonly args: readonly (string | number)[];
}

/** Runs them all at once. @returns the uses that began while all of them were at it, in their order */
export async function loopTogether(path: string, loops: readonly Loop[]): Promise<readonly Use[]> {
  const all = await Promise.all(
    loops.map(async ({ who, program, args }) => usesOf(who, await outputOf(start(program, path, ...args)))),
  );
  const begun = Math.max(...all.map((uses) => uses[0]?.from ?? Infinity));
  const ended = Math.min(...all.map((uses) => uses.at(-1)?.from ?? -Infinity));
  return all
    .flat()
    .filter(({ from }) => from >= begun && from <= ended)
    .toSorted((one, other) => one.from - other.from);
}

/** How many others began while each of `who` waited. */
export function passedOver(uses: readonly Use[], who: string): number[] {
  return uses
    .filter((use) => use.who === who)
    .map(({ from, waited }) => uses.filter((use) => use.who !== who && use.from > from - waited && use.from < from).length);
}

async function outputOf(child: ChildProcess): Promise<string> {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await new Promise((resolve) => {
    child.once('close', resolve);
  });
  return output;
}

function usesOf(who: string, output: string): Use[] {
  const lines = output.trim().split('\n');
  return lines.map((line) => {
    const [from, waited, held, ...rest] = line.split(' ').map(Number);
    if (from === undefined || waited === undefined || held === undefined || rest.length > 0 || Number.isNaN(from))
      throw new Error(`${who} printed: ${line}`);
    return { who, from, waited, held };
  });
}
