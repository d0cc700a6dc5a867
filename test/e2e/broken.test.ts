import { execFile } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, inject, it } from 'vitest';
import { useWorkbench } from './support/openWorkbench.ts';

const root = join(inject('scratch'), 'broken');
const support = join(import.meta.dirname, '../support');

function makeDatabase(path: string): Promise<unknown> {
  return promisify(execFile)(process.execPath, [join(support, 'replaceDatabase.mts'), path, '3']);
}

/** What can be wrong with a file, and what its row has to say. */
const faults: Readonly<Record<string, { make: (path: string) => Promise<unknown>; says: RegExp }>> = {
  missing: { make: async () => {}, says: /no file|missing|not there|does not exist/i },
  dangling: { make: (path) => symlink(`${path}.elsewhere`, path), says: /link/i },
  directory: { make: (path) => mkdir(path), says: /directory|folder/i },
  empty: { make: (path) => writeFile(path, ''), says: /empty|0 bytes/i },
  text: { make: (path) => writeFile(path, 'This is no database at all. '.repeat(300)), says: /not a SQLite database/i },
  truncated: { make: (path) => makeDatabase(path).then(() => truncate(path, 20_000)), says: /truncated|shorter/i },
  stranger: {
    make: async (path) => new Database(path).exec('CREATE TABLE recipes (name TEXT)').close(),
    says: /Area Occupancy Detection/i,
  },
};

const pathOf = (name: string): string => join(root, name, '.storage', 'area_occupancy.db');

describe('Databases that cannot be read', () => {
  const makeFolder = async (): Promise<string> => {
    for (const [name, { make }] of Object.entries(faults)) {
      await mkdir(dirname(pathOf(name)), { recursive: true });
      await make(pathOf(name));
    }
    // A path belongs to the machine, so a user's own settings do not count in a remote window: the workspace's do.
    await mkdir(join(root, '.vscode'));
    const settings = { 'areaOccupancy.databasePaths': Object.keys(faults).map(pathOf) };
    await writeFile(join(root, '.vscode', 'settings.json'), JSON.stringify(settings));
    return root;
  };
  const workbench = useWorkbench({ makeFolder, viewport: { width: 1280, height: 1100 } });

  it('say each in the tree what is wrong and what to do', async () => {
    const { ui } = workbench();
    await ui.openContainer('Area Occupancy');
    await expect.poll(() => ui.rows('Areas'), { timeout: 20_000 }).toHaveLength(3 * Object.keys(faults).length);
    const rows = await ui.rows('Areas');
    await ui.screenshot('broken');
    for (const [name, { says }] of Object.entries(faults)) {
      const at = rows.findIndex((row) => row.includes(`(${name})`));
      expect(rows[at + 1], name).toMatch(says);
      expect(rows[at + 2], name).toMatch(/\w+/);
    }
    const problems = rows.filter((_row, index) => index % 3 === 1);
    expect(new Set(problems.map((problem) => problem.replaceAll(/\/\S+/g, ''))).size).toBe(problems.length);
  });

  it('show no dialog, and leave no error in the console or in the log of the extension host', async () => {
    const { ui, faults: found } = workbench();
    expect(await ui.page.getByRole('dialog').count()).toBe(0);
    expect(await found.all()).toEqual([]);
  });
});
