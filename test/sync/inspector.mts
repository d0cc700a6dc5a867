// One of several that write the same rows at a time: syncs window after window of planned intervals until its time is over.
// node inspector.mts <database> <seconds> <rows a window>   Prints an InspectorReport.
import { plannedIntervals, arrayPlan } from '../support/arrayPlan.mts';
import { core } from '../support/core.mts';

export interface InspectorReport {
  /** Windows that are complete. */
  readonly windows: number;
  /** Rows that it was the first to write. */
  readonly written: number;
  /** ms of the longest sync. */
  readonly longest: number;
}

const [path = '', seconds = '0', rows = '0'] = process.argv.slice(2);
const count = Number(rows);
const database = await core.OccupancyDatabase.open(path);
const until = performance.now() + Number(seconds) * 1000;
const report = { windows: 0, written: 0, longest: 0 };
while (performance.now() < until) {
  const began = performance.now();
  const plan = arrayPlan(plannedIntervals(count, { first: report.windows * count }));
  const { written } = await database.applySync(plan, { chunk: { rows: Math.ceil(count / 4), time: 100 } });
  report.windows += 1;
  report.written += written?.intervals ?? 0;
  report.longest = Math.max(report.longest, performance.now() - began);
}
await database.close();
console.log(JSON.stringify(report));
