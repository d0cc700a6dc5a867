// A process that deletes what an area has learned, in chunks of a few rows, and tells how far it came after each of them.
// node deleting.mts DATABASE AREA ROWS
import { core } from '../support/core.mts';

const [path = '', name = '', rows] = process.argv.slice(2);
const database = await core.OccupancyDatabase.open(path);
const { area } = await database.getAreaData(name);
const history = await database.getHistory(area);
const chunk = { rows: Number(rows), time: Number.POSITIVE_INFINITY };
await core.deleteLearnedHistory(database, history, { chunk, onProgress: (deleted) => process.send?.(deleted) });
await database.close();
process.disconnect();
