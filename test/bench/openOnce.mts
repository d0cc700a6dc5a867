// One fresh process that opens a database, reads its areas, a first page and a deep one, and says what that took.
// node openOnce.mts <ours|sql.js> <database> <cursor as JSON> <rows a page>
import { readFileSync } from 'node:fs';
import type { IntervalCursor } from '../../src/core/model.ts';

export interface OpenMeasurement {
  /** ms from the start of opening until the areas are there. */
  readonly firstAreas: number;
  /** ms. */
  readonly firstPage: number;
  /** ms. */
  readonly deepPage: number;
  /** Bytes resident at the end. */
  readonly rss: number;
}

interface Engine {
  areas(): Promise<number>;
  page(after?: IntervalCursor): Promise<number>;
}

const [engineName, path = '', cursorJson = '', rows = ''] = process.argv.slice(2);
const limit = Number(rows);

async function openOurs(): Promise<Engine> {
  const { core } = await import('../support/core.mts');
  return timed(async () => {
    const database = await core.OccupancyDatabase.open(path);
    return {
      areas: async () => (await database.getAreas()).length,
      page: async (after) => (await database.getIntervals({ limit, ...(after ? { after } : {}) })).length,
    };
  });
}

async function openSqlJs(): Promise<Engine> {
  const { default: initSqlJs } = await import('sql.js');
  const sql = await initSqlJs();
  return timed(async () => {
    const database = new sql.Database(readFileSync(path));
    const count = (text: string): number => database.exec(text)[0]?.values.length ?? 0;
    return {
      areas: async () => count('SELECT * FROM areas'),
      page: async (after) => {
        const key = after ? `WHERE (start_time, end_time, id) < ('${after.startTime}', '${after.endTime}', ${after.id})` : '';
        return count(`SELECT * FROM intervals ${key} ORDER BY start_time DESC, end_time DESC, id DESC LIMIT ${limit}`);
      },
    };
  });
}

let opened = 0;

/** Loading the engine's code is not part of opening: the process is up by then. */
async function timed(open: () => Promise<Engine>): Promise<Engine> {
  opened = performance.now();
  return open();
}

async function took(work: () => Promise<number>, expected: number): Promise<number> {
  const started = performance.now();
  const count = await work();
  if (count !== expected) throw new Error(`expected ${expected} rows, got ${count}`);
  return performance.now() - started;
}

const engine = engineName === 'ours' ? await openOurs() : await openSqlJs();
await engine.areas();
const firstAreas = performance.now() - opened;
const firstPage = await took(() => engine.page(), limit);
const deepPage = await took(() => engine.page(JSON.parse(cursorJson)), limit);
const measurement: OpenMeasurement = { firstAreas, firstPage, deepPage, rss: process.memoryUsage.rss() };
console.log(JSON.stringify(measurement));
process.exit();
