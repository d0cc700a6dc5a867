// Home Assistant's part: commits one interval at a time and never waits for anybody.
// node writer.mts <database> <per-operation|persistent> <commits> <ms between commits> <commits before>
import { setTimeout as delay } from 'node:timers/promises';
import { Sqlite } from '../support/core.mts';

export interface WriterReport {
  readonly commits: number;
  readonly busy: number;
  readonly longest: number;
  readonly errors: readonly string[];
}

const [path = '', style = '', commits = '', pause = '', before = '0'] = process.argv.slice(2);

const INSERT = `INSERT INTO intervals (entry_id, area_name, entity_id, state, start_time, end_time, duration_seconds, aggregation_level, created_at)
  VALUES ('01JAODHOMEENTRY00000000000', 'Kitchen', 'binary_sensor.kitchen_motion', @state, @start, @end, 0.01, 'raw', @end)`;

function connect(): InstanceType<typeof Sqlite> {
  return new Sqlite(path, { timeout: 0 });
}

function storedNow(offset: number): string {
  return `${new Date(Date.UTC(2026, 10, 20, 9, 30) + offset).toISOString().slice(0, 23).replace('T', ' ')}000`;
}

const persistent = style === 'persistent' ? connect() : undefined;
const report = { commits: 0, busy: 0, longest: 0, errors: [] as string[] };
const begun = performance.now();

for (let turn = 0; turn < Number(commits); turn += 1) {
  const started = performance.now();
  const number = Number(before) + turn;
  try {
    const db = persistent ?? connect();
    try {
      db.prepare(INSERT).run({ state: turn % 2 ? 'on' : 'off', start: storedNow(number * 10), end: storedNow(number * 10 + 10) });
      report.commits += 1;
    } finally {
      if (!persistent) db.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) report.busy += 1;
    report.errors.push(String(error));
  }
  report.longest = Math.max(report.longest, performance.now() - started);
  const rest = begun + (turn + 1) * Number(pause) - performance.now();
  if (rest > 0) await delay(rest);
}
persistent?.close();
console.log(JSON.stringify({ ...report, errors: report.errors.slice(0, 5) }));
