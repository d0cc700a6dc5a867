// One fresh process that opens a database, reads its areas, and perhaps writes; what that took, as JSON.
// node redisOnce.mts <database> <Redis URL or ''> <read|write>
import { core } from '../support/core.mts';

export interface RedisMeasurement {
  /** ms from the start of opening until the areas are there. */
  readonly firstAreas: number;
  /** ms; 0 without a write. */
  readonly firstWrite: number;
  /** Bytes resident at the end. */
  readonly rss: number;
}

const [path = '', url = '', what = 'read'] = process.argv.slice(2);
const opened = performance.now();
const database = await core.OccupancyDatabase.open(path, url ? { redis: { url } } : {});
await database.getAreas();
const firstAreas = performance.now() - opened;
const began = performance.now();
if (what === 'write') await database.withLockedSession(() => undefined);
const firstWrite = what === 'write' ? performance.now() - began : 0;
const measurement: RedisMeasurement = { firstAreas, firstWrite, rss: process.memoryUsage.rss() };
console.log(JSON.stringify(measurement));
await database.close();
