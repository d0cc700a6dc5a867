import type { OwnerRecord } from '../../../../src/core/lock/ownerRecord';
import type { FileStatus } from '../../../../src/core/ports/lockFiles';

export const LOCK = '/config/.storage/area_occupancy.db.lock';
/** 2026-11-24T00:00:00Z, ms. */
export const START = 1_795_478_400_000;
export const GUARD_INODE = 7n;

export interface ModelFile {
  /** Name of the process that created it. */
  readonly creator: string;
  readonly text: string;
  /** ms */
  readonly modified: number;
  /** ms */
  readonly changed: number;
  readonly links: number;
  readonly isSticky: boolean;
}

/** The hold of one process as its heartbeat sees it. */
export interface ModelPulse {
  readonly generation: number;
  readonly inode: number;
  readonly content: string;
  readonly beatAt: number;
  readonly lost: string | undefined;
}

export interface ModelProcess {
  readonly name: string;
  readonly pid: number;
  readonly isOurs: boolean;
  /** For a heartbeat's thread, the name of the process that it belongs to. */
  readonly threadOf?: string;
  isAlive: boolean;
  isInside: boolean;
  /** When it came in, ms. */
  insideSince: number;
  /** Inode of the lock file that it created and has not given back; 0 for none. */
  mine: number;
  /** Inode of each open file, by handle. */
  handles: (number | undefined)[];
  /** When its sleep ends, ms. */
  due: number;
  isWatching: boolean;
  /** True when the lock file was touched since it last woke. */
  isTouched: boolean;
  pulse: ModelPulse | undefined;
  results: string[];
}

/** The whole state that the processes share, small enough to be copied at every step. */
export interface World {
  /** ms */
  time: number;
  readonly names: Map<string, number>;
  readonly files: Map<number, ModelFile>;
  /** Name of the process that holds the guard. */
  guard: string | undefined;
  record: OwnerRecord | undefined;
  readonly processes: ModelProcess[];
}

export type ProcessIdentity = Pick<ModelProcess, 'name' | 'pid' | 'isOurs' | 'threadOf'>;

export function emptyWorld(processes: readonly ProcessIdentity[]): World {
  return {
    time: START,
    names: new Map(),
    files: new Map(),
    guard: undefined,
    record: undefined,
    processes: processes.map((process) => ({
      ...process,
      isAlive: true,
      isInside: false,
      insideSince: 0,
      mine: 0,
      handles: [],
      due: 0,
      isWatching: false,
      isTouched: false,
      pulse: undefined,
      results: [],
    })),
  };
}

export function copyWorld(world: World): World {
  return {
    ...world,
    names: new Map(world.names),
    files: new Map(world.files),
    processes: world.processes.map((process) => ({ ...process, handles: [...process.handles], results: [...process.results] })),
  };
}

/** Equal for two worlds that no process can tell apart. */
export function worldKey({ time, names, files, guard, record, processes }: World): string {
  const parts: (string | number | undefined)[] = [time, guard, record?.content, record?.claimedAt, record?.calm ? 1 : 0];
  for (const [name, inode] of names) parts.push(name, inode);
  for (const [inode, { creator, text, modified, changed, links, isSticky }] of files)
    parts.push(inode, creator, text, modified, changed, isSticky ? -links : links);
  for (const process of processes) {
    const { isAlive, isInside, insideSince, mine, handles, due, isTouched, isWatching, pulse, results } = process;
    const flags = (isAlive ? 1 : 0) + (isInside ? 2 : 0) + (isTouched ? 4 : 0) + (isWatching ? 8 : 0);
    parts.push(flags, insideSince, mine, due, handles.join(' '), results.join(' '));
    if (pulse) parts.push(pulse.generation, pulse.inode, pulse.beatAt, pulse.lost);
  }
  return parts.join('|');
}

/** The lowest number that no file has: as on ext4, a file that is gone gives its number to the next one. */
export function createFile(world: World, path: string, file: Omit<ModelFile, 'links'>): number {
  let inode = 100;
  while (world.files.has(inode)) inode++;
  world.files.set(inode, { ...file, links: 1 });
  world.names.set(path, inode);
  return inode;
}

/** Forgets a file that has neither a name nor an open handle. */
export function collectFile(world: World, inode: number): void {
  if (world.files.get(inode)?.links !== 0) return;
  if (!world.processes.some(({ handles }) => handles.includes(inode))) world.files.delete(inode);
}

export function statusOf(world: World, inode: number): FileStatus {
  const file = world.files.get(inode);
  if (!file) throw new Error(`there is no inode ${inode}`);
  const { text, modified, changed, links, isSticky } = file;
  return {
    kind: 'file',
    device: 1n,
    inode: BigInt(inode),
    links: BigInt(links),
    size: BigInt(text.length),
    modified: BigInt(modified) * 1_000_000n,
    changed: BigInt(changed) * 1_000_000n,
    isSticky,
  };
}

/** SIGKILL: the kernel closes its files and frees the guard; what it wrote stays. Its threads die with it. */
export function killProcess(world: World, process: ModelProcess): void {
  for (const thread of world.processes) if (thread.threadOf === process.name) killProcess(world, thread);
  process.isAlive = false;
  process.isInside = false;
  process.mine = 0;
  process.pulse = undefined;
  process.isWatching = false;
  const open = process.handles;
  process.handles = [];
  for (const inode of open) if (inode !== undefined) collectFile(world, inode);
  if (world.guard === process.name) world.guard = undefined;
}
