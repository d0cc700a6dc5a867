import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** What each folder of src may import, besides itself. `node` stands for Node's own modules, the rest are folders or packages. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  protocol: ['core', 'valibot'],
  webview: ['protocol', 'core', 'uplot'],
  platform: ['core', 'node', 'better-sqlite3', 'sql.js', 'home-assistant-js-websocket', 'ws', '@redis/client'],
  server: ['platform', 'protocol', 'core'],
  client: ['protocol', 'core', 'node'],
  vscode: ['client', 'protocol', 'core', 'node', 'vscode'],
  'extension.ts': ['vscode'],
  'library.ts': ['platform', 'core'],
};

async function sources(): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob('src/**/*.ts', { cwd: root })) files.push(file.replaceAll('\\', '/'));
  return files;
}

/** Room of a source file or package: the first folder below src, or the package's name. */
function room(path: string): string {
  if (path.startsWith('src/')) return path.split('/')[1] ?? path;
  if (path.startsWith('node:')) return 'node';
  return path.startsWith('@') ? path : (path.split('/')[0] ?? path);
}

/** Every import of every source file, type imports left out, as esbuild sees them. */
async function imports(entryPoints?: string[]): Promise<{ from: string; to: string; kind: string }[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entryPoints ?? (await sources()),
    bundle: true,
    write: false,
    outdir: 'unused',
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  return Object.entries(metafile.inputs).flatMap(([from, input]) =>
    input.imports.map(({ path, kind }) => ({ from, to: path, kind })),
  );
}

describe('layers', () => {
  it('import only what lies below them', async () => {
    const found = await imports();
    expect(found.length).toBeGreaterThan(50);
    const wrong = found.filter(({ from, to }) => {
      const [inner, outer] = [room(from), room(to)];
      return inner !== outer && !mayImport[inner]?.includes(outer);
    });
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('keep type imports within the layers as well', async () => {
    const wrong: string[] = [];
    for (const file of await sources()) {
      for (const [, specifier = ''] of readFileSync(join(root, file), 'utf8').matchAll(/from '([^']+)'/g)) {
        const target = specifier.startsWith('.') ? join(file, '..', specifier).replaceAll('\\', '/') : specifier;
        const [inner, outer] = [room(file), room(target)];
        if (inner !== outer && !mayImport[inner]?.includes(outer)) wrong.push(`${file} names ${specifier}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('load the Redis client in a thread of its own alone, which starts only where a Redis lock is used', async () => {
    const found = await imports();
    const importers = (of: string): string[] => found.filter(({ to }) => to === of).map(({ from }) => from);
    expect(importers('@redis/client')).toEqual(['src/platform/lock/redisConnection.ts']);
    expect(importers('src/platform/lock/redisConnection.ts')).toEqual(['src/platform/lock/redisWorker.ts']);
    expect(importers('src/platform/lock/redisWorker.ts')).toEqual([]);
  });

  it('load sql.js, with its WebAssembly, when it is needed and in Node alone', async () => {
    const importers = (await imports()).filter(({ to }) => to === 'sql.js');
    expect(importers).toEqual([{ from: 'src/platform/snapshot/loadSqlJs.ts', to: 'sql.js', kind: 'dynamic-import' }]);
  });

  it('open snapshots by nothing that a browser lacks', async () => {
    const found = await imports(['src/platform/snapshot/openSnapshot.ts', 'src/platform/snapshot/sqlJsEngine.ts']);
    expect(found.map(({ from }) => from)).toContain('src/core/snapshot/mergeWal.ts');
    expect(found.filter(({ to }) => !to.startsWith('src/'))).toEqual([]);
  });

  it('let nobody but vscode/ and the entry import vscode', async () => {
    const importers = (await imports()).filter(({ to }) => to === 'vscode').map(({ from }) => room(from));
    expect(importers).toContain('vscode');
    expect(importers.filter((from) => from !== 'vscode' && from !== 'extension.ts')).toEqual([]);
  });
});

describe('house rules', () => {
  it('keep SQL in core/sql alone', async () => {
    const wrong = (await sources())
      .filter((file) => !file.startsWith('src/core/sql/'))
      .filter((file) =>
        /['"`\s](SELECT\s|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE|PRAGMA\s|BEGIN\s+(IMMEDIATE|EXCLUSIVE))/.test(
          code(file),
        ),
      );
    expect(wrong).toEqual([]);
  });

  it('never checkpoint, vacuum or open immutable', async () => {
    // What it names is done to new files of our own alone.
    const others = (await sources()).filter((file) => file !== 'src/core/sql/recoveryStatements.ts');
    const wrong = others.filter((file) =>
      /wal_checkpoint|VACUUM|immutable=|nolock=|journal_mode\s*=(?!\s*MEMORY)/i.test(code(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('keep files small and without grab bags', async () => {
    const files = await sources();
    expect(files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 260)).toEqual([]);
    expect(files.filter((file) => /(manager|helper|util|index)[^/]*\.ts$/i.test(file))).toEqual([]);
  });
});

/** Source text without comments. */
function code(file: string): string {
  return readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
