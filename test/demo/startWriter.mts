import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Writer {
  /** What the first interval is, once it has been added; never fulfilled where none could be. */
  readonly firstInterval: Promise<string>;
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the process that adds an interval to the database every few seconds. It ends with this one, however that ends. */
export function startWriter(database: string, secondsBetween = 3): Writer {
  const script = join(import.meta.dirname, 'writer.mts');
  const writer = spawn(process.execPath, [script, database, String(secondsBetween)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(writer, 'exit');
  // Reads on, so that the writer never waits for its output to be read.
  const lines = createInterface({ input: writer.stdout });
  const firstInterval = once(lines, 'line').then(([line]) => String(line));
  return {
    firstInterval,
    ended,
    stop: async () => {
      writer.kill();
      await ended;
    },
  };
}
