// The least that writes all intervals as NDJSON: one statement, whatever waits for it meanwhile. node exportBare.mts <database> <file>
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { Sqlite } from '../support/core.mts';

const [path = '', target = ''] = process.argv.slice(2);
const db = new Sqlite(path, { readonly: true });
const started = performance.now();
const file = openSync(target, 'w');
const sql =
  'SELECT area_name, entity_id, state, start_time, end_time, duration_seconds, aggregation_level FROM intervals ORDER BY start_time DESC';
let [rows, text] = [0, ''];
for (const row of db.prepare<[], object>(sql).iterate()) {
  text += `${JSON.stringify(row)}\n`;
  rows += 1;
  if (text.length < 65_536) continue;
  writeSync(file, text);
  text = '';
}
writeSync(file, text);
closeSync(file);
const milliseconds = performance.now() - started;
console.log(JSON.stringify({ rows, bytes: statSync(target).size, milliseconds, rss: process.memoryUsage.rss() }));
db.close();
