// How soon a whole sync is done, and what it costs: ours beside a program of SQLAlchemy with AOD's batch scheme, and beside a bare
// loop of prepared inserts of the same rows, which is the floor.
// node test/bench/sync.bench.mts [number of states …]   JSON lines; the homes are made once and kept in .demo/.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSyncHome, type SyncHome } from '../support/buildSyncHome.mts';
import type { SchemaVersion } from '../support/occupancySchema.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import type { SyncMeasurement } from './syncOnce.mts';

const DAYS = 10;
const RUNS = 3;
/** The peer takes minutes beyond this. */
const PEER_STATES = 100_000;

/** What we aim at; ms and bytes. */
const GOALS = { timesFasterThanPeer: 10, timesTheFloor: 2, holdOf10000Rows: 250, rss: 200 * 1024 * 1024 };

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100_000, 1_000_000];
const kept = fileURLToPath(new URL('../../.demo/', import.meta.url));
const scratch = temporaryFolder('sync-bench');

function print(facts: object): void {
  console.log(JSON.stringify({ bench: 'sync', ...facts }));
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function homeOf(version: SchemaVersion, states: number): SyncHome {
  const folder = join(kept, `sync-v${version}-${states}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    buildSyncHome(unfinished, { version, states, areas: 12, entities: 200, days: DAYS });
    renameSync(unfinished, folder);
  }
  const database = join(folder, 'area_occupancy.db');
  const now = new Date(Date.UTC(2026, 10, 20 + DAYS, 9, 30, 0, 250));
  return { database, recorder: join(folder, 'home-assistant_v2.db'), now };
}

/** What a program printed that synced a copy of the home. */
function run([runtime = '', ...flags]: string[], script: string, leading: string[], home: SyncHome, now: number): string {
  const database = join(scratch.path, 'area_occupancy.db');
  for (const ending of ['', '-wal', '-shm']) rmSync(`${database}${ending}`, { force: true });
  copyFileSync(home.database, database);
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { status, stdout, stderr } = spawnSync(runtime, [...flags, file, ...leading, database, home.recorder, String(now)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout;
}

/** With the options that the database process is started with, which its memory depends on. */
function sync(who: 'ours' | 'floor', home: SyncHome): SyncMeasurement {
  return JSON.parse(run([process.execPath, '--max-semi-space-size=1'], 'syncOnce.mts', [who], home, home.now.getTime()));
}

function bench(version: SchemaVersion, states: number, python?: string): void {
  const home = homeOf(version, states);
  const runs = states > PEER_STATES ? 1 : RUNS;
  // Side by side, so that what else the machine does falls on both.
  const pairs = Array.from({ length: runs }, () => ({ ours: sync('ours', home), floor: sync('floor', home) }));
  const ours = pairs.map((pair) => pair.ours);
  const [first] = ours;
  if (!first || pairs.some(({ floor }) => floor.rows !== first.rows)) throw new Error('The rows are not the same.');
  const holdOf10000Rows = median(ours.map(({ allHolds }) => (allHolds / first.rows) * 10_000));
  const whole = median(ours.map((one) => one.whole));
  print({
    version,
    states,
    rows: first.rows,
    recorderBytes: statSync(home.recorder).size,
    runs,
    whole: rounded(whole),
    plan: rounded(median(ours.map((one) => one.plan))),
    apply: rounded(median(ours.map((one) => one.apply))),
    floor: rounded(median(pairs.map(({ floor }) => floor.whole))),
    chunks: median(ours.map((one) => one.holds)),
    longestHold: rounded(Math.max(...ours.map((one) => one.longestHold))),
    holdOf10000Rows: rounded(holdOf10000Rows),
    rss: Math.max(...ours.map((one) => one.rss)),
    applyTimesTheFloor: rounded(median(pairs.map((pair) => pair.ours.apply / pair.floor.whole))),
    wholeTimesTheFloor: rounded(median(pairs.map((pair) => pair.ours.whole / pair.floor.whole))),
  });
  if (!python || states > PEER_STATES) return;
  const peer: { rows: number; whole: number } = JSON.parse(run([python], 'aodPeer.py', [], home, home.now.getTime() / 1000));
  print({
    version,
    states,
    peer: 'SQLAlchemy',
    rows: peer.rows,
    whole: rounded(peer.whole),
    timesFasterThanPeer: rounded(peer.whole / whole),
  });
}

try {
  // The system's own first: only there does apt-get put the library.
  const python = ['/usr/bin/python3', 'python3'].find((each) => spawnSync(each, ['-c', 'import sqlalchemy']).status === 0);
  if (!python) print({ peer: 'SQLAlchemy', missing: 'apt-get install python3-sqlalchemy' });
  for (const states of sizes) {
    bench(18, states, python);
    if (states <= PEER_STATES) bench(3, states);
    else if (python) print({ states, peer: 'SQLAlchemy', measured: `at ${PEER_STATES} states only` });
  }
  print({ goals: GOALS });
} finally {
  scratch.remove();
}
