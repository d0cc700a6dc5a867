import { spawnSync } from 'node:child_process';

const SCRIPT = `
  const { createHash } = require('node:crypto');
  const { existsSync, readFileSync } = require('node:fs');
  const hash = (path) => existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : null;
  console.log(JSON.stringify(process.argv.slice(1).map(hash)));`;

/** SHA-256 of a database and of its -wal (null when there is none). In a child: closing the file here would drop SQLite's locks. */
export function hashFiles(path: string): { readonly db: string | null; readonly wal: string | null } {
  const child = spawnSync(process.execPath, ['-e', SCRIPT, path, `${path}-wal`], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  const [db, wal]: [string | null, string | null] = JSON.parse(child.stdout);
  return { db, wal };
}
