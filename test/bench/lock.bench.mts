// The lock's speed, side by side in one run, as JSON lines. `npm run build` first.
//   uncontended: acquire + release, against proper-lockfile and the raw open/write/close/unlink that any lock file costs
//   metered: the same, with and without metrics
//   urgent: one critical use among 50 in the background, against how long one of those takes
//   peer: the Python peer among 4 of ours in a loop
//   hand-off: from one process's release to the waiting other's acquire, against the Python peer
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import properLockfile from 'proper-lockfile';
import { unmeteredCore } from './unmeteredCore.mts';
import { core } from '../support/core.mts';

const { FileLock } = core;
const folder = fs.mkdtempSync(join(tmpdir(), 'aoi-bench-'));
const ROUNDS = 30;
const CYCLES = 200;
const WARM_UP = 2000;

function print(bench: string, facts: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ bench, ...facts })}\n`);
}

function quantile(values: number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? Number.NaN;
}

/** µs of one cycle */
async function time(cycle: () => Promise<void> | void): Promise<number> {
  const began = process.hrtime.bigint();
  await cycle();
  return Number(process.hrtime.bigint() - began) / 1000;
}

async function uncontended(): Promise<void> {
  const lock = new FileLock(join(folder, 'ours.lock'));
  const raw = join(folder, 'raw.lock');
  const content = Buffer.from(`${process.pid}:1700000000.123456`);
  const proper = join(folder, 'proper');
  const cycles: Record<string, () => Promise<void> | void> = {
    async ours() {
      await lock.acquire();
      await lock.release();
    },
    raw() {
      const file = fs.openSync(raw, 'wx', 0o644);
      fs.writeSync(file, content);
      fs.closeSync(file);
      fs.unlinkSync(raw);
    },
    async properLockfile() {
      const release = await properLockfile.lock(proper);
      await release();
    },
  };
  fs.writeFileSync(proper, '');
  const times = new Map(Object.keys(cycles).map((name) => [name, [] as number[]]));
  // Compiled first, all alike: a session takes the lock many times.
  for (const cycle of Object.values(cycles)) for (let count = 0; count < WARM_UP; count++) await cycle();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, cycle] of Object.entries(cycles)) {
      for (let count = 0; count < CYCLES; count++) times.get(name)?.push(await time(cycle));
    }
  }
  const p50 = Object.fromEntries([...times].map(([name, values]) => [name, quantile(values, 0.5)]));
  const { ours = Number.NaN, raw: floor = Number.NaN, properLockfile: theirs = Number.NaN } = p50;
  print('lock.uncontended', {
    unit: 'µs',
    p50,
    p99: Object.fromEntries([...times].map(([name, values]) => [name, quantile(values, 0.99)])),
    ratioToRaw: ours / floor,
    goalRatioToRaw: 2.5,
    timesFasterThanProperLockfile: theirs / ours,
    goalTimesFaster: 5,
  });
}

/** Taken in turns, one cycle each, so that whatever else the machine does strikes both alike. */
async function metered(): Promise<void> {
  const unmetered = await unmeteredCore(folder);
  const locks = {
    metered: new FileLock(join(folder, 'metered.lock')),
    unmetered: new unmetered.FileLock(join(folder, 'unmetered.lock')),
  };
  const times = { metered: [] as number[], unmetered: [] as number[] };
  for (let count = 0; count < WARM_UP + ROUNDS * CYCLES; count++) {
    // The second of two finds the disk warmer.
    for (const name of count % 2 === 0 ? (['metered', 'unmetered'] as const) : (['unmetered', 'metered'] as const)) {
      const took = await time(async () => {
        await locks[name].acquire();
        await locks[name].release();
      });
      if (count >= WARM_UP) times[name].push(took);
    }
  }
  const p50 = { metered: quantile(times.metered, 0.5), unmetered: quantile(times.unmetered, 0.5) };
  print('lock.metered', { unit: 'µs', p50, overhead: p50.metered - p50.unmetered, goalOverhead: 5 });
}

/** ms that a critical use waits while 50 in the background take turns. */
async function urgent(): Promise<void> {
  const lock = new FileLock(join(folder, 'urgent.lock'), { priority: 'background' });
  const [waits, holds] = [[] as number[], [] as number[]];
  const over = new AbortController();
  const background = Array.from({ length: 50 }, async () => {
    while (!over.signal.aborted) {
      await lock.run(async () => {
        const began = performance.now();
        await sleep(5);
        holds.push(performance.now() - began);
      });
    }
  });
  for (let round = 0; round < 200; round++) {
    await sleep(10 * Math.random());
    const asked = performance.now();
    await lock.run(async () => void waits.push(performance.now() - asked), { priority: 'critical' });
  }
  over.abort();
  await Promise.all(background);
  const hold = quantile(holds, 0.99);
  print('lock.urgent', { unit: 'ms', p99: quantile(waits, 0.99), holdP99: hold, goalP99: hold + 5 });
}

/** Its share of all uses, and how long it waits, while 4 of ours do nothing else. */
async function peer(): Promise<void> {
  const programs = join(import.meta.dirname, '../locks');
  const path = join(folder, 'peer.lock');
  const ours = Array.from({ length: 4 }, () => run(process.execPath, [join(programs, 'looper.mts'), path, '12000', '5']));
  const [python, ...others] = await Promise.all([
    run('python3', [join(programs, 'pythonLooper.py'), path, '12000', '5', '30']),
    ...ours,
  ]);
  const uses = (output: string): number[][] =>
    [...output.matchAll(/^(\S+) (\S+) \S+$/gm)].map(([, ...times]) => times.map(Number));
  const waits = uses(python).map(([, waited = Number.NaN]) => waited);
  const share = waits.length / (waits.length + others.flatMap((output) => uses(output)).length);
  print('lock.peer', {
    unit: 'ms',
    share,
    goalShare: 0.1,
    uses: waits.length,
    p50: quantile(waits, 0.5),
    p99: quantile(waits, 0.99),
    goalP99: 1000,
  });
}

async function run(program: string, args: string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return output;
}

interface Hold {
  who: number;
  /** ns of the system's monotonic clock, which all processes share */
  from: bigint;
  until: bigint;
}

interface HandOff {
  /** Of each. */
  holds: number;
  /** ms that each leaves the lock alone after a hold, so that the other has its turn: a peer polls every 100 ms */
  pause: number;
  /** ms */
  goal?: number;
}

/** Two programs pass the lock to each other; each prints `from until` in ns for every hold. */
async function handOff(name: string, programs: [string, string], { holds: count, pause, goal }: HandOff): Promise<void> {
  const path = join(folder, `${name}.lock`);
  const outputs = await Promise.all(
    programs.map(async (program) => {
      const runtime = program.endsWith('.py') ? 'python3' : process.execPath;
      return run(runtime, [join(import.meta.dirname, program), path, String(count), String(pause)]);
    }),
  );
  const holds = outputs.flatMap((output, who) =>
    [...output.matchAll(/^(\d+) (\d+)$/gm)].map(([, from = '0', until = '0']): Hold => ({
      who,
      from: BigInt(from),
      until: BigInt(until),
    })),
  );
  holds.sort((one, other) => Number(one.from - other.from));
  const gaps = holds.slice(1).flatMap((hold, index) => {
    const before = holds[index];
    return before && before.who !== hold.who ? [{ to: hold.who, ms: Number(hold.from - before.until) / 1e6 }] : [];
  });
  const all = gaps.map(({ ms }) => ms);
  const toUs = gaps.filter(({ to }) => to === 0).map(({ ms }) => ms);
  print('lock.handOff', {
    between: name,
    unit: 'ms',
    handOffs: all.length,
    overlaps: all.filter((ms) => ms < 0).length,
    p50: quantile(all, 0.5),
    p99: quantile(all, 0.99),
    p50ToUs: quantile(toUs, 0.5),
    ...(goal === undefined ? {} : { goalP50: goal }),
  });
}

try {
  await uncontended();
  await metered();
  await urgent();
  await peer();
  await handOff('ours-ours', ['handOff.mts', 'handOff.mts'], { holds: 100, pause: 3, goal: 1 });
  await handOff('ours-python', ['handOff.mts', 'handOff.py'], { holds: 40, pause: 150 });
  await handOff('python-python', ['handOff.py', 'handOff.py'], { holds: 40, pause: 150 });
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
