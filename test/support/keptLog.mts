import type { Log } from '../../src/core/ports/log.ts';

/** A log that keeps its lines, as `level: message`. */
export class KeptLog implements Log {
  readonly lines: string[] = [];

  debug = (message: string): void => void this.lines.push(`debug: ${message}`);
  info = (message: string): void => void this.lines.push(`info: ${message}`);
  warn = (message: string): void => void this.lines.push(`warn: ${message}`);
  error = (message: string): void => void this.lines.push(`error: ${message}`);
}
