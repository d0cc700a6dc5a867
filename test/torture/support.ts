import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** What share of the full numbers to run; undefined in npm test, which runs the short ones. */
const scale = process.env['TORTURE'] === undefined ? undefined : Number(process.env['TORTURE']);

export const isFull = scale !== undefined;

/** Rounds at a time of the tests that are made of rounds, most of which are waits. */
export const LANES = 100;

/** @param brief for npm test */
export function amount(full: number, brief: number): number {
  return scale === undefined ? brief : Math.max(1, Math.round(full * scale));
}

/** Prints what a test measured, and what it had to reach. */
export function figure(test: string, measured: string, goal: string): void {
  if (isFull) process.stdout.write(`${test}: ${measured}  [goal: ${goal}]\n`);
}

/** A new folder on the disk, or in memory, removed after the test. */
export function scratch(where: 'disk' | 'memory'): string {
  const folder = realpathSync(mkdtempSync(join(where === 'disk' ? tmpdir() : '/dev/shm', 'occupancy-torture-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file as a peer would have, `age` seconds ago. */
export function plant(path: string, content: string, age: number): void {
  writeFileSync(path, content);
  const then = Date.now() / 1000 - age;
  utimesSync(path, then, then);
}

/** @throws with `command`, which makes it possible, when `program` does not work here */
export function requireProgram(program: string, probe: readonly string[], command: string): void {
  if (spawnSync(program, probe, { stdio: 'ignore' }).status !== 0)
    throw new Error(`${program} does not work here. Run: ${command}`);
}

/** The value below which `share` of all values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
