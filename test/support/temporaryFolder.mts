import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder, and what removes it. */
export function temporaryFolder(purpose: string): { readonly path: string; remove(): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), `occupancy-${purpose}-`)));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
