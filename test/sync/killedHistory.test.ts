import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/core/history/learnedHistory';
import { allRows, type AllRows } from '../support/allRows.mts';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';

const AREA = 'Kitchen';
const ROWS = 20;

describe('A process that is killed while it deletes learned history', () => {
  const folder = temporaryFolder('killed-history');
  const built = buildDatabase(join(folder.path, 'built.db'), { version: 18, days: 2 });
  afterAll(() => folder.remove());

  function read(path: string): AllRows {
    const db = new Sqlite(path, { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const rows = allRows(db);
    db.close();
    return rows;
  }

  const texts = (rows: AllRows[string] = []): ReadonlySet<string> => new Set(rows.map((row) => JSON.stringify(row)));

  /** Ends the process when it has told of so many chunks, at some point of the next. @returns rows it said are deleted */
  async function killAfter(path: string, chunks: number): Promise<number> {
    const script = fileURLToPath(new URL('deleting.mts', import.meta.url));
    const child = fork(script, [path, AREA, String(ROWS)], { execArgv: [] });
    const ended = once(child, 'exit');
    let told = 0;
    for (let chunk = 0; chunk < chunks; chunk += 1) [told] = await once(child, 'message');
    child.on('message', (deleted) => (told = Number(deleted)));
    await delay(chunks % 5);
    child.kill('SIGKILL');
    expect((await ended)[1]).toBe('SIGKILL');
    return told;
  }

  it('leaves whole chunks, all that is not of the area, and no lock in the way of the next, which deletes the rest', async () => {
    const before = read(built.path);
    const path = join(folder.path, 'area_occupancy.db');
    for (const chunks of [1, 3, 6, 9, 12]) {
      for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
      copyFileSync(built.path, path);
      const told = await killAfter(path, chunks);

      const after = read(path);
      const gone = Object.keys(before).flatMap((table) => {
        const [was, left] = [texts(before[table]), texts(after[table])];
        expect([...left].filter((row) => !was.has(row))).toEqual([]);
        return [...was].filter((row) => !left.has(row));
      });
      expect(gone.filter((row) => !row.includes(`"area_name":"${AREA}"`))).toEqual([]);
      expect(gone.length % ROWS).toBe(0);
      expect(gone.length).toBeGreaterThanOrEqual(told);

      const database = await core.OccupancyDatabase.open(path);
      const { area } = await database.getAreaData(AREA);
      const history = await database.getHistory(area);
      expect(await core.deleteLearnedHistory(database, history)).toBe(rowsOf(history));
      expect(rowsOf(await database.getHistory(area))).toBe(0);
      await database.close();
      expect(read(path)['areas']).toEqual(before['areas']);
    }
  });
});
