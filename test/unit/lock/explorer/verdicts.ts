import { COURTESY_SECONDS } from '../../../../src/core/lock/lockJudgement';
import { parseLockContent } from '../../../../src/core/lock/lockContent';
import type { Operation } from './operations';
import type { Residuals } from './scenario';
import type { ModelProcess, World } from './world';
import { LOCK } from './world';

/** ms after which a lock that nobody renews may be removed: the seed's 300 s, and ours. */
const STALE_MS = 300_000;
const OUR_STALE_MS = STALE_MS + COURTESY_SECONDS * 1000;

/** What is wrong with a call that is about to be made, or undefined. */
export function judgeCall(world: World, process: ModelProcess, operation: Operation, residuals: Residuals): string | undefined {
  switch (operation.name) {
    case 'enter':
      return judgeEntry(world, process, residuals);
    case 'commit':
      return process.isOurs ? judgeCommit(world, process, residuals) : undefined;
    case 'unlink':
      return process.isOurs ? judgeRemoval(world, process, operation.path, residuals) : undefined;
    case 'rewrite': {
      const owner = world.processes.find(({ name }) => name === process.threadOf);
      const inode = process.handles[operation.handle];
      const isNamed = inode !== undefined && world.names.get(LOCK) === inode;
      return isNamed && owner?.mine !== inode ? `${process.name} writes into a lock file that is not its own` : undefined;
    }
    default:
      return undefined;
  }
}

function judgeEntry(world: World, process: ModelProcess, { isTheftPossible, isJoinPossible }: Residuals): string | undefined {
  for (const other of world.processes) {
    if (other === process || !other.isInside) continue;
    if (other.isOurs && process.isOurs) return `${process.name} and ${other.name} of ours are inside`;
    if (process.isOurs && !isJoinPossible && isFresh(world, other))
      return `${process.name} goes in beside the peer ${other.name}`;
    if (other.isOurs && !isTheftPossible) return `the peer ${process.name} goes in beside ${other.name}`;
  }
  return undefined;
}

function judgeCommit(world: World, process: ModelProcess, { isJoinPossible }: Residuals): string | undefined {
  if (process.mine === 0 || world.names.get(LOCK) !== process.mine) return `${process.name} commits, though its lock is lost`;
  for (const other of world.processes) {
    if (other === process || !other.isInside) continue;
    if (other.isOurs) return `${process.name} commits beside ${other.name} of ours`;
    if (!isJoinPossible && isFresh(world, other)) return `${process.name} commits beside the peer ${other.name}`;
  }
  return undefined;
}

/** A peer that has been inside for longer may be taken for dead: it renews nothing. */
function isFresh({ time }: World, { insideSince }: ModelProcess): boolean {
  return time - insideSince <= STALE_MS;
}

/** The last name of a lock whose holder lives, and renewed it lately, may be removed by nobody else. */
function judgeRemoval(world: World, process: ModelProcess, path: string, { isTheftPossible }: Residuals): string | undefined {
  const inode = world.names.get(path);
  const file = inode === undefined ? undefined : world.files.get(inode);
  if (!file || file.links > 1 || process.mine === inode) return undefined;
  const holder = world.processes.find(({ isAlive, mine }) => isAlive && mine === inode);
  const isHeld = holder !== undefined || file.creator === 'holder elsewhere';
  if (!isHeld || world.time - file.modified > OUR_STALE_MS) return undefined;
  const isStolen = isTheftPossible && process.mine !== 0 && path === LOCK && holder?.isOurs === false;
  // Between our last look and our unlink at a release: the kernel has no call that removes a name only while it means a certain file.
  if (isStolen) return undefined;
  return `${process.name} removes the fresh lock of ${holder?.name ?? file.creator}`;
}

/** What is wrong with how a schedule ended, or undefined. */
export function judgeLeavings(world: World, isPaused: boolean): string | undefined {
  const { processes, guard, names } = world;
  if (guard !== undefined) return `${guard} ended without freeing the guard`;
  for (const { name, isAlive, handles, isWatching, results, isOurs } of processes) {
    if (!isAlive) continue;
    if (handles.some((inode) => inode !== undefined)) return `${name} left a file open`;
    if (isWatching) return `${name} left a watch`;
    const isAlone = !isPaused && processes.every((other) => other.isOurs);
    if (isOurs && isAlone && results.includes('LOCK_COMPROMISED'))
      return `${name} took its lock for lost, which nobody had touched`;
  }
  const isEveryoneAlive = processes.every(({ isAlive }) => isAlive);
  const aside = [...names.keys()].find((path) => path !== LOCK);
  return isEveryoneAlive && aside !== undefined ? `${aside} was left behind` : undefined;
}

/**
 * How the next run of ours may end that meets this world: what we left must not keep it for longer than it takes to be sure,
 * a peer's lock not for longer than it takes to be stale, and only what is no lock may turn it away.
 */
export function judgeNextRun(world: World, result: string | undefined, seconds: number): string | undefined {
  // What was left aside gets its place back first.
  const inode = world.names.get(LOCK) ?? [...world.names.values()][0];
  const file = inode === undefined ? undefined : world.files.get(inode);
  const isOurs =
    file !== undefined &&
    (file.creator === 'killed of ours' || world.processes.some((one) => one.isOurs && one.name === file.creator));
  const dialect = file ? parseLockContent(file.text).dialect : 'none';
  const what = `the next run meets ${file ? `"${file.text}" of ${file.creator}` : 'no lock file'} and ends with ${result} after ${seconds} s`;
  if (!isOurs && (dialect === 'flock' || dialect === 'unknown')) return result === undefined ? what : undefined;
  const most = !file ? 1 : isOurs ? 5 : 370;
  return result === 'committed' && seconds <= most ? undefined : what;
}
