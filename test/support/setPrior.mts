// node setPrior.mts DATABASE AREA DAY SLOT VALUE: what AOD's analysis does to one hour of the week (0 = Monday). Today's schema.
import Database from 'better-sqlite3';
import { storedTime } from './stateWalk.mts';

const [path = '', area, day, slot, value] = process.argv.slice(2);
const now = storedTime(Date.now() * 1000);
const db = new Database(path, { fileMustExist: true });
db.pragma('busy_timeout = 10000');
db.prepare(
  `INSERT INTO priors (entry_id, area_name, day_of_week, time_slot, prior_value, data_points, confidence, last_calculation_date, last_updated)
   SELECT entry_id, area_name, @day, @slot, @value, 4, 1, @now, @now FROM areas WHERE area_name = @area
   ON CONFLICT (area_name, day_of_week, time_slot) DO UPDATE SET prior_value = excluded.prior_value, last_updated = excluded.last_updated`,
).run({ area, day: Number(day), slot: Number(slot), value: Number(value), now });
db.close();
