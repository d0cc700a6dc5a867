// SQLite's backup API without a transaction around it: every commit of another program lets it begin again. node backUpPlain.mts <database> <file>
import { Sqlite } from '../support/core.mts';

const [path = '', target = ''] = process.argv.slice(2);
const db = new Sqlite(path, { readonly: true });
await db.backup(target, { progress: () => 1000 });
db.close();
console.log(JSON.stringify({ bytes: 1, rss: process.memoryUsage.rss() }));
