// Exports the intervals of a database to a file, in a process of its own: node test/support/exportOnce.mts <database> <file>
// Prints the error, or the result with the memory that it took, as JSON.
import type { RowFormat } from '../../src/core/export/exportRequest.ts';
import { core } from './core.mts';

const [path = '', target = ''] = process.argv.slice(2);
const format = (['csv', 'json', 'ndjson'] as const).find((known) => target.endsWith(`.${known}`)) satisfies RowFormat | undefined;
const database = await core.OccupancyDatabase.open(path, { readLocks: 'never' });
try {
  let rss = process.memoryUsage.rss();
  const started = performance.now();
  const rows = { table: 'intervals' } as const;
  const request = { rows, format: format ?? 'ndjson', timeZone: 'Europe/Berlin', target };
  const written = await database.exportRows(request, { onProgress: () => (rss = Math.max(rss, process.memoryUsage.rss())) });
  const milliseconds = performance.now() - started;
  console.log(JSON.stringify({ ...written, milliseconds, rss }));
} catch (error) {
  const { code, message } = error as { code: string; message: string };
  console.log(JSON.stringify({ code, message }));
} finally {
  await database.close();
}
