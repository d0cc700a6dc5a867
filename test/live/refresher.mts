// Our part: refreshes all trees over and over until it is told to stop by the end of its input.
// node refresher.mts <database> <ms between refreshes>
import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { core } from '../support/core.mts';

export interface RefresherReport {
  readonly refreshes: number;
  /** Times that a refresh found a new data version. */
  readonly changes: number;
  readonly largestWal: number;
  readonly errors: readonly string[];
}

const [path = '', pause = '0'] = process.argv.slice(2);
const over = new AbortController();
process.stdin.on('end', () => over.abort()).resume();

const database = await core.OccupancyDatabase.open(path);
const report = { refreshes: 0, changes: 0, largestWal: 0, errors: [] as string[] };
let version = 0;
console.log('ready');

while (!over.signal.aborted) {
  try {
    const now = await database.dataVersion();
    if (now !== version) report.changes += 1;
    version = now;
    for (const { areaName: area } of await database.getAreas()) {
      await database.getEntities({ area });
      await database.getOccupiedSpan(area, '2026-11-20 00:00:00', '2026-11-21 00:00:00');
      const days = await database.getIntervalDays({ area, timeZone: 'Europe/Berlin', limit: 30, countLimit: 1000 });
      for (const { from, to } of days.slice(0, 2)) await database.getIntervals({ area, from, to, limit: 200 });
    }
    await database.getIntervals({ limit: 200 });
    report.refreshes += 1;
  } catch (error) {
    report.errors.push(String(error));
  }
  report.largestWal = Math.max(report.largestWal, statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0);
  await delay(Number(pause));
}
await database.close();
console.log(JSON.stringify({ ...report, errors: report.errors.slice(0, 5) }));
