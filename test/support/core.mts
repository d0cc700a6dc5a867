// The built library, as users run it, and the SQLite it uses: a second copy of SQLite in one process would cancel its locks.
import type BetterSqlite3 from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as Library from '../../src/library.ts';

export const corePath = fileURLToPath(new URL('../../dist/core.js', import.meta.url));
export const sqlitePath = fileURLToPath(new URL('../../dist/better-sqlite3/lib/index.js', import.meta.url));

if (!existsSync(corePath)) throw new Error(`${corePath} is missing; make it with: npm run build`);

const require = createRequire(import.meta.url);

export const core: typeof Library = require(corePath);
export const Sqlite: typeof BetterSqlite3 = require(sqlitePath);
