// node runSql.mts DATABASE SQL: runs statements as another program would, or prints the one value that a SELECT has.
import Database from 'better-sqlite3';

const [path = '', sql = ''] = process.argv.slice(2);
const db = new Database(path, { fileMustExist: true });
db.pragma('busy_timeout = 10000');
db.pragma('foreign_keys = OFF');
if (sql.startsWith('SELECT')) console.log(db.prepare(sql).pluck().get());
else db.exec(sql);
db.close();
