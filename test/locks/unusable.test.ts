import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { core, corePath, Sqlite } from '../support/core.mts';
import { lockFolder, plant } from './support';

const { FileLock, inspectLock, clearStaleLock } = core;

/** What acquiring rejects with, and after how many ms. */
async function refusal(path: string): Promise<{ code: unknown; message: string; ms: number }> {
  const began = performance.now();
  const error: unknown = await new FileLock(path, { timeout: 30 }).acquire().catch((reason: unknown) => reason);
  const { code, message } = error as { code: unknown; message: string };
  return { code, message, ms: performance.now() - began };
}

/** Everything in a folder but our own guard and owner file: name, size, time and content. */
function snapshot(folder: string): unknown[] {
  return fs
    .readdirSync(folder)
    .filter((name) => !/\.(guard|owner)$/.test(name))
    .toSorted()
    .map((name) => {
      const { ino, size, mtimeNs } = fs.lstatSync(join(folder, name), { bigint: true });
      return [name, ino, size, mtimeNs];
    });
}

describe('what can never be acquired', () => {
  const cases: [string, (path: string) => void, string, RegExp][] = [
    ['a leftover of flock', (path) => plant(path, '', 5), 'leftover', /nothing holds it/],
    ['odd content', (path) => plant(path, 'hello', 5), 'foreign', /not that of a lock/],
    ['a directory', (path) => fs.mkdirSync(path), 'foreign', /a directory where/],
    ['a database in its place', (path) => fs.writeFileSync(path, Buffer.alloc(4096)), 'foreign', /4096 bytes/],
  ];
  if (process.platform !== 'win32') {
    cases.push(
      ['a symbolic link', (path) => fs.symlinkSync('/nowhere', path), 'foreign', /a symbolic link where/],
      ['a FIFO', (path) => void spawnSync('mkfifo', [path]), 'foreign', /FIFO/],
    );
  }
  it.each(cases)('%s is refused at once, named, and left as it is', async (_name, put, state, reason) => {
    const { path, folder } = lockFolder();
    put(path);
    const before = snapshot(folder);
    const { code, message, ms } = await refusal(path);
    expect(code).toBe('LOCK_UNUSABLE');
    expect(message).toMatch(reason);
    expect(ms).toBeLessThan(1000);
    expect(await inspectLock(path)).toMatchObject({ state });
    expect(await clearStaleLock(path)).toMatchObject({ outcome: 'refused', reason: expect.stringMatching(reason) });
    expect(snapshot(folder)).toEqual(before);
  });

  it('a path that is no lock, such as the database itself, is neither created nor opened', async () => {
    const { folder } = lockFolder();
    const path = join(folder, 'area_occupancy.db');
    expect(await refusal(path)).toMatchObject({
      code: 'LOCK_UNUSABLE',
      message: expect.stringContaining('does not end in .lock'),
    });
    expect(fs.readdirSync(folder)).toEqual([]);
    fs.writeFileSync(path, '');
    const before = snapshot(folder);
    expect(await inspectLock(path)).toMatchObject({ state: 'foreign' });
    expect(await clearStaleLock(path)).toMatchObject({ outcome: 'refused' });
    expect(snapshot(folder)).toEqual(before);
  });

  it('a missing folder', async () => {
    const { folder } = lockFolder();
    const path = join(folder, 'missing', 'area_occupancy.db.lock');
    expect(await refusal(path)).toMatchObject({ code: 'LOCK_UNUSABLE', message: expect.stringContaining('ENOENT') });
    expect(await inspectLock(path)).toMatchObject({ state: 'free', dialect: 'none' });
  });

  it('inspecting changes nothing, not even where no guard is yet', async () => {
    const { path, folder } = lockFolder();
    plant(path, '4242:1700000000.5', 400);
    const before = snapshot(folder);
    expect(await inspectLock(path)).toMatchObject({ state: 'stale', dialect: 'marker', pid: 4242, ours: false });
    expect(snapshot(folder)).toEqual(before);
    expect(fs.readdirSync(folder)).toEqual(['area_occupancy.db.lock']);
  });
});

describe('a guard that cannot be used', () => {
  it("is done without, and left as it is, when it is another program's database", async () => {
    const { path } = lockFolder();
    const database = new Sqlite(`${path}.guard`);
    database.exec('CREATE TABLE notes (text)');
    database.close();
    const before = fs.readFileSync(`${path}.guard`);
    const lock = new FileLock(path, { timeout: 1 });
    await lock.run(async () => expect(lock.guarantee).toBe('marker'));
    expect(fs.readFileSync(`${path}.guard`).equals(before)).toBe(true);
  });

  // SQLite opens such a file for reading without a word, and an exclusive transaction on it locks nothing.
  it.skipIf(process.platform === 'win32')('is done without by a user who may not write it', async () => {
    const { path, folder } = lockFolder();
    await new FileLock(path).run(async () => {});
    fs.chmodSync(folder, 0o777);
    fs.chmodSync(`${path}.guard`, 0o444);
    const isRoot = process.getuid?.() === 0;
    // Where that user may read it: the checkout may lie in a folder of root's own.
    const library = isRoot ? join(lockFolder().folder, 'library') : dirname(corePath);
    if (isRoot) {
      fs.cpSync(dirname(corePath), library, { recursive: true });
      fs.chmodSync(dirname(library), 0o755);
    }
    const script = `const lock = new (require(${JSON.stringify(join(library, 'core.js'))}).FileLock)(${JSON.stringify(path)}, { timeout: 1 });
      lock.run(async () => console.log(lock.guarantee));`;
    const user = isRoot ? { uid: 65_534, gid: 65_534, cwd: '/' } : {};
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', ...user });
    expect([stdout, stderr]).toEqual(['marker\n', '']);
  });
});

describe('what is opened with fs', () => {
  it('is the lock and its owner file, never the guard, nor a database beside them', async () => {
    const { path, folder } = lockFolder();
    for (const name of ['area_occupancy.db', 'area_occupancy.db-wal', 'area_occupancy.db-shm'])
      fs.writeFileSync(join(folder, name), 'x');
    const opened = new Set<string>();
    const realOpen = fs.openSync;
    fs.openSync = (...args) => {
      opened.add(String(args[0]));
      return realOpen(...args);
    };
    try {
      await new FileLock(path).run(async () => void (await inspectLock(path)));
      plant(path, '4242:1700000000.5', 400);
      expect(await clearStaleLock(path)).toMatchObject({ outcome: 'removed' });
    } finally {
      fs.openSync = realOpen;
    }
    expect([...opened].filter((name) => name.startsWith(folder)).toSorted()).toEqual([path, `${path}.owner`]);
  });
});
