// Backs up a database in a process of its own: node test/support/backUpOnce.mts <database> <file>
// Prints the stages as they begin, then the error, or the report with the memory that it took, as JSON lines.
import { core } from './core.mts';

const [path = '', target = ''] = process.argv.slice(2);
const database = await core.OccupancyDatabase.open(path, { readLocks: 'never' });
let stage = '';
let rss = process.memoryUsage.rss();
try {
  const report = await database.backup(target, {
    onProgress: (progress) => {
      rss = Math.max(rss, process.memoryUsage.rss());
      if (progress.stage === stage) return;
      stage = progress.stage;
      console.log(JSON.stringify({ stage }));
    },
  });
  console.log(JSON.stringify({ ...report, rss: Math.max(rss, process.memoryUsage.rss()) }));
} catch (error) {
  const { code, message } = error as { code: string; message: string };
  console.log(JSON.stringify({ code, message }));
} finally {
  await database.close();
}
