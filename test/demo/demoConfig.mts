// A Home Assistant config folder as Area Occupancy Detection leaves it, with 28 days of a made-up home that end now,
// but for the last minutes, which only the recorder knows.
import { spawnSync } from 'node:child_process';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildDatabase } from '../support/buildDatabase.mts';
import { forgetNewest } from './forgetNewest.mts';
import { buildRecorder } from './recorder.mts';
import { areaRegistry, entityRegistry } from './registries.mts';

export interface DemoConfig {
  readonly folder: string;
  readonly database: string;
  /** The planted lock of a process that ended 20 minutes ago without releasing it. */
  readonly lock: string;
}

const DAYS = 28;
/** What only the recorder knows yet. Less than the hour that a sync goes back behind the newest interval, which the demo's writer adds. */
const UNSYNCED_MINUTES = 50;
/** More than AOD's 300 s, after which it takes a lock for stale. */
const LOCK_AGE_SECONDS = 20 * 60;

const CONFIGURATION = `# A made-up Home Assistant, made anew by every "npm start".
default_config:

recorder:
  purge_keep_days: 10

automation: []
script: {}
scene: []
`;

/** Makes the folder anew, deleting what was there, so that its data always ends `now`. */
export async function makeDemoConfig(folder: string, now: Date): Promise<DemoConfig> {
  const storage = join(folder, '.storage');
  const database = join(storage, 'area_occupancy.db');
  const lock = `${database}.lock`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(storage, { recursive: true });
  const home = buildDatabase(database, { version: 18, areas: 8, entities: 60, days: DAYS, endTime: now });
  buildRecorder(join(folder, 'home-assistant_v2.db'), database, now);
  forgetNewest(database, new Date(now.getTime() - UNSYNCED_MINUTES * 60_000));
  await Promise.all([
    writeFile(join(folder, '.HA_VERSION'), '2026.7.1'),
    writeFile(join(folder, 'configuration.yaml'), CONFIGURATION),
    writeFile(join(storage, 'core.area_registry'), `${JSON.stringify(areaRegistry(home), null, 2)}\n`),
    writeFile(join(storage, 'core.entity_registry'), `${JSON.stringify(entityRegistry(home), null, 2)}\n`),
    plantStaleLock(lock, now),
  ]);
  return { folder, database, lock };
}

async function plantStaleLock(path: string, now: Date): Promise<void> {
  const seconds = now.getTime() / 1000 - LOCK_AGE_SECONDS;
  await writeFile(path, `${endedProcess()}:${seconds.toFixed(6)}`, { mode: 0o644 });
  await utimes(path, seconds, seconds);
}

/** The id of a process that is not running any more. */
function endedProcess(): number {
  return spawnSync(process.execPath, ['--version'], { stdio: 'ignore' }).pid;
}
