// Makes a recorder's database that has no states.
// Usage: node emptyRecorder.mts <recorder to make> <area_occupancy.db>
import { buildRecorder } from '../demo/recorder.mts';

const [path = '', occupancyDatabase = ''] = process.argv.slice(2);
// It takes the last days before a moment, and in a hundred years nothing will be known of those.
buildRecorder(path, occupancyDatabase, new Date(Date.now() + 100 * 365 * 86_400_000));
