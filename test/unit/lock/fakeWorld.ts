import { CancelledError } from '../../../src/core/errors';
import { CalmHistory } from '../../../src/core/lock/calmHistory';
import { LockQueue } from '../../../src/core/lock/lockQueue';
import { HoldEstimates } from '../../../src/core/lock/holdEstimator';
import type { LockTraffic, WaiterHint } from '../../../src/core/lock/lockTraffic';
import { observeLock } from '../../../src/core/lock/lockObservation';
import type { Glance, LockSite } from '../../../src/core/lock/lockSite';
import { LockMeter } from '../../../src/core/metrics/lockMeter';
import type { OwnerRecord } from '../../../src/core/lock/ownerRecord';
import type { Clock } from '../../../src/core/ports/clock';
import type { Guard, GuardProbe, GuardTake } from '../../../src/core/ports/guard';
import type { FileKind, FileStatus, LockFiles, OpenFile } from '../../../src/core/ports/lockFiles';
import type { Log } from '../../../src/core/ports/log';
import type { ProcessFacts } from '../../../src/core/ports/processFacts';
import type { Wake } from '../../../src/core/ports/wake';
import { ExactHistogram } from './exactHistogram';

export const LOCK = '/config/.storage/area_occupancy.db.lock';
/** 2026-11-24T00:00:00Z, ms. */
export const START = 1_795_478_400_000;

/** Time that passes only while someone sleeps; peers act at their moments on the way. */
export class FakeClock implements Clock {
  #elapsed = 0;
  #wallShift = 0;
  #sleepers: { due: number; wake(): void }[] = [];
  #isPumping = false;

  now(): number {
    return START + this.#elapsed + this.#wallShift;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  get pending(): number {
    return this.#sleepers.length;
  }

  shiftWall(ms: number): void {
    this.#wallShift += ms;
  }

  /** Lets a peer act `ms` from now. */
  at(ms: number, act: () => void): void {
    this.#sleepers.push({ due: this.#elapsed + ms, wake: act });
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new CancelledError('Sleeping'));
      const sleeper = { due: this.#elapsed + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(new CancelledError('Sleeping'));
      });
      void this.#pump();
    });
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    while (this.#sleepers.length > 0) {
      await settled();
      const next = this.#sleepers.toSorted((one, other) => one.due - other.due)[0];
      if (!next) break;
      this.#sleepers = this.#sleepers.filter((other) => other !== next);
      this.#elapsed = Math.max(this.#elapsed, next.due);
      next.wake();
      await settled();
    }
    this.#isPumping = false;
  }
}

/** Lets everything that can run without time passing run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

interface FakeFile {
  inode: bigint;
  kind: FileKind;
  text: string;
  links: bigint;
  modified: bigint;
  changed: bigint;
  isSticky: boolean;
}

export type DiskCall =
  'status' | 'open' | 'create' | 'rename' | 'link' | 'unlink' | 'beside' | 'fileStatus' | 'read' | 'write' | 'close';

/** A disk in memory, on which peers can act, or faults strike, before any call. */
export class FakeDisk implements LockFiles {
  readonly entries = new Map<string, FakeFile>();
  readonly calls: DiskCall[] = [];
  openFiles = 0;
  isFolderWritable = true;
  /** Called before every call; may change the disk, or throw. */
  before: (call: DiskCall, path: string) => void = () => undefined;
  readonly #clock: FakeClock;
  #inodes = 100n;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  /** Puts a file there as a peer would. @param age seconds since it was written */
  put(path: string, text: string, age = 0, kind: FileKind = 'file'): FakeFile {
    const time = BigInt(Math.round(this.#clock.now() - age * 1000)) * 1_000_000n;
    const file = { inode: this.#inodes++, kind, text, links: 1n, modified: time, changed: time, isSticky: false };
    this.entries.set(path, file);
    return file;
  }

  text(path = LOCK): string | undefined {
    return this.entries.get(path)?.text;
  }

  status(path: string): FileStatus | undefined {
    this.#called('status', path);
    const file = this.entries.get(path);
    return file && statusOf(file);
  }

  open(path: string): OpenFile {
    this.#called('open', path);
    return this.#opened(path, this.#entry(path));
  }

  create(path: string, isSticky: boolean): OpenFile {
    this.#called('create', path);
    if (this.entries.has(path)) throw fault('EEXIST');
    return this.#opened(path, Object.assign(this.put(path, ''), { isSticky }));
  }

  rename(from: string, to: string): void {
    this.#called('rename', from);
    const file = this.#entry(from);
    file.changed = this.#time();
    this.entries.delete(from);
    this.entries.set(to, file);
  }

  link(existing: string, path: string): void {
    this.#called('link', path);
    if (this.entries.has(path)) throw fault('EEXIST');
    const file = this.#entry(existing);
    file.links++;
    this.entries.set(path, file);
  }

  unlink(path: string): void {
    this.#called('unlink', path);
    this.#entry(path).links--;
    this.entries.delete(path);
  }

  beside(path: string): string[] {
    this.#called('beside', path);
    return [...this.entries.keys()].filter((name) => name.startsWith(path));
  }

  requireWritableFolder(): void {
    if (!this.isFolderWritable) throw fault('EROFS');
  }

  #called(call: DiskCall, path: string): void {
    this.calls.push(call);
    this.before(call, path);
  }

  #entry(path: string): FakeFile {
    const file = this.entries.get(path);
    if (!file) throw fault('ENOENT');
    return file;
  }

  #opened(path: string, file: FakeFile): OpenFile {
    this.openFiles++;
    return {
      status: () => {
        this.#called('fileStatus', path);
        return statusOf(file);
      },
      read: () => {
        this.#called('read', path);
        return file.text;
      },
      unmark: () => {},
      write: (content) => {
        this.#called('write', path);
        file.text = content;
        file.modified = this.#time();
      },
      close: () => {
        this.calls.push('close');
        this.openFiles--;
      },
    };
  }

  #time(): bigint {
    return BigInt(Math.round(this.#clock.now())) * 1_000_000n;
  }
}

function statusOf({ kind, inode, links, text, modified, changed, isSticky }: FakeFile): FileStatus {
  return { kind, device: 1n, inode, links, size: BigInt(text.length), modified, changed, isSticky };
}

export function fault(code: string): Error {
  return Object.assign(new Error(code), { code });
}

export class FakeGuard implements Guard {
  answer: GuardTake = 'taken';
  isReal = true;
  isHeld = false;
  takes = 0;
  number = 7n;

  take(): GuardTake {
    this.takes++;
    this.isHeld = this.answer === 'taken';
    return this.answer;
  }

  free(): void {
    this.isHeld = false;
  }

  isGenuine(): boolean {
    return this.isReal;
  }

  reopen(): void {
    this.free();
    this.isReal = true;
  }

  inode(): bigint {
    return this.number;
  }

  probe(): GuardProbe {
    return this.answer === 'taken' ? 'free' : this.answer;
  }
}

/** One process of ours with everything about it faked. */
export class FakeSite implements LockSite {
  readonly path = LOCK;
  readonly self = { pid: 77, life: '00000000000000a0', token: '00000000000000aa' };
  readonly clock = new FakeClock();
  readonly files = new FakeDisk(this.clock);
  readonly guard = new FakeGuard();
  readonly queue = new LockQueue(this.clock);
  readonly events = new LockMeter(LOCK, 77, this.clock, () => new ExactHistogram());
  readonly history = new CalmHistory();
  readonly estimates = new HoldEstimates();
  readonly random = () => 0.5;
  record: OwnerRecord | undefined;
  traffic: LockTraffic | undefined;
  /** Of other processes. */
  hints: WaiterHint[] = [];
  /** The rank that this process says it waits with. */
  announced: number | undefined;
  known = new Map<number, ProcessFacts>();
  isFlocked = false;
  lostReason: string | undefined;
  tellLost: (reason: string) => void = () => undefined;
  pulses = 0;
  watches = 0;

  readonly owner = {
    read: () => this.record,
    write: (record: OwnerRecord, traffic?: LockTraffic) => {
      this.record = record;
      this.traffic = traffic ?? this.traffic;
    },
    fileSystemTime: () => this.clock.now(),
  };

  readonly board = {
    look: () => ({ traffic: this.traffic, hints: this.hints }),
    announce: ({ rank }: Omit<WaiterHint, 'id'>) => void (this.announced = rank),
    withdraw: () => void (this.announced = undefined),
  };

  readonly processes = { find: (pid: number) => this.known.get(pid), isFlocked: () => this.isFlocked };

  readonly heartbeat = {
    begin: (_claimed: FileStatus, _content: string, _interval: number, onLost: (reason: string) => void) => {
      this.pulses++;
      this.tellLost = onLost;
      return { lost: () => this.lostReason, end: () => void this.pulses-- };
    },
  };

  glance(): Glance {
    return { seen: observeLock(this.files, this.path), record: this.record };
  }

  watch(): Wake {
    this.watches++;
    return { wait: (ms, signal) => this.clock.sleep(ms, signal).then(() => false), dispose: () => void this.watches-- };
  }
}

/** What of the FakeSite is still in use; all zero and false when nothing was left behind. */
export function leavings({ files, clock, guard, queue, watches, pulses }: FakeSite): Record<string, number | boolean> {
  const { openFiles } = files;
  return { openFiles, timers: clock.pending, isGuardHeld: guard.isHeld, isQueueTaken: queue.isTaken, watches, pulses };
}

export const NOTHING_LEFT = { openFiles: 0, timers: 0, isGuardHeld: false, isQueueTaken: false, watches: 0, pulses: 0 };

/** Keeps the lines for looking at. */
export class LogBook implements Log {
  readonly lines: string[] = [];
  debug = (message: string) => void this.lines.push(`debug ${message}`);
  info = (message: string) => void this.lines.push(`info ${message}`);
  warn = (message: string) => void this.lines.push(`warn ${message}`);
  error = (message: string) => void this.lines.push(`error ${message}`);
}
