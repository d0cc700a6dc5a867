import { closeSync, openSync, writeSync } from 'node:fs';

/** Overwrites some bytes of a file that nobody has open. */
export function writeAt(path: string, bytes: Uint8Array, offset: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, offset);
  closeSync(file);
}
