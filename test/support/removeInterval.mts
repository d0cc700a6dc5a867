// Removes an interval from a database, as another process would. node removeInterval.mts <area_occupancy.db> <id>
import Database from 'better-sqlite3';

const [path = '', id = ''] = process.argv.slice(2);
const database = new Database(path, { fileMustExist: true });
database.prepare('DELETE FROM intervals WHERE id = ?').run(Number(id));
database.close();
