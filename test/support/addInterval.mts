// Adds one raw interval to a database of today's schema, as another process would. Prints its id.
// Usage: node addInterval.mts <area_occupancy.db> <entity_id> <state> <seconds it lasted, until now>
import Database from 'better-sqlite3';
import { storedTime } from './stateWalk.mts';

const [path = '', entityId = '', state = '', seconds = '60'] = process.argv.slice(2);
const end = Date.now() * 1000;
const start = end - Number(seconds) * 1e6;
const database = new Database(path, { fileMustExist: true });
const { lastInsertRowid } = database
  .prepare(
    `INSERT INTO intervals (entry_id, area_name, entity_id, state, start_time, end_time, duration_seconds, aggregation_level, created_at)
     SELECT entry_id, area_name, entity_id, @state, @start, @end, @seconds, 'raw', @end FROM entities WHERE entity_id = @entityId LIMIT 1`,
  )
  .run({ entityId, state, start: storedTime(start), end: storedTime(end), seconds: Number(seconds) });
database.close();
console.log(Number(lastInsertRowid));
