import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { LockUnusableError } from '../../core/errors';
import { CalmHistory } from '../../core/lock/calmHistory';
import { HoldEstimates } from '../../core/lock/holdEstimator';
import type { LockHold } from '../../core/lock/lockHold';
import { LockQueue } from '../../core/lock/lockQueue';
import { observeLock } from '../../core/lock/lockObservation';
import type { Glance, LockSite } from '../../core/lock/lockSite';
import { faultCode } from '../../core/ports/lockFiles';
import type { LockMeter } from '../../core/metrics/lockMeter';
import { systemClock } from '../systemClock';
import { FolderWake } from './folderWake';
import { meterOf } from './lockMeters';
import { nodeLockFiles } from './nodeLockFiles';
import { NodeOwnerFile } from './nodeOwnerFile';
import { SqliteGuard } from './sqliteGuard';
import { lifeOfSelf, systemProcesses } from './systemProcesses';
import { ThreadHeartbeat } from './threadHeartbeat';

const self = {
  pid: process.pid,
  life: lifeOfSelf(),
  token: randomBytes(8).toString('hex'),
};

/** ms for which an idle site keeps its guard and owner file open, since the next use is often near. */
const LINGER = 1000;

const sites = new Map<string, NodeLockSite>();

/** What was learned outlives the site; it is a few numbers. */
const estimates = new Map<string, HoldEstimates>();

/** What this process has open for one lock path. It closes itself a little after its last use. */
export class NodeLockSite implements LockSite {
  readonly path: string;
  readonly self = self;
  readonly files = nodeLockFiles;
  readonly processes = systemProcesses;
  readonly clock = systemClock;
  readonly random = Math.random;
  readonly queue = new LockQueue(systemClock);
  readonly history = new CalmHistory();
  readonly events: LockMeter;
  readonly estimates: HoldEstimates;
  readonly guard: SqliteGuard;
  readonly owner: NodeOwnerFile;
  readonly board: NodeOwnerFile;
  readonly heartbeat: ThreadHeartbeat;
  /** The present hold, to be given back if the process ends meanwhile. */
  hold: LockHold | undefined;
  #users = 0;
  #idleSince = 0;
  #linger: NodeJS.Timeout | undefined;
  #isClosed = false;

  private constructor(path: string) {
    this.path = path;
    this.guard = new SqliteGuard(`${path}.guard`);
    this.owner = new NodeOwnerFile(`${path}.owner`, self.token.slice(0, 12));
    this.board = this.owner;
    this.events = meterOf(path);
    this.estimates = estimates.get(path) ?? new HoldEstimates();
    estimates.set(path, this.estimates);
    this.heartbeat = new ThreadHeartbeat(path, (lag) => this.events.beat(lag));
  }

  /**
   * The site of a lock path; every spelling of the path leads to the same one.
   * @throws LockUnusableError when its folder is missing
   */
  static at(path: string): NodeLockSite {
    let folder: string;
    try {
      folder = fs.realpathSync.native(dirname(resolve(path)));
    } catch (error) {
      throw new LockUnusableError(`its folder cannot be reached (${faultCode(error)}).`, { cause: error });
    }
    const real = join(folder, basename(path));
    let site = sites.get(real);
    if (!site) {
      if (sites.size === 0) process.on('exit', endHolds);
      site = new NodeLockSite(real);
      sites.set(real, site);
    }
    return site;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  glance(): Glance {
    return { seen: observeLock(this.files, this.path), record: this.owner.read() };
  }

  watch(): FolderWake {
    return new FolderWake(this.path, this.clock);
  }

  /** Keeps the site open until the matching `leave`. */
  enter(): void {
    this.#users++;
  }

  leave(): void {
    if (--this.#users > 0) return;
    this.#idleSince = performance.now();
    if (!this.#linger) this.#closeLater(LINGER);
  }

  #closeLater(ms: number): void {
    this.#linger = setTimeout(() => this.#closeWhenIdle(), ms).unref();
  }

  #closeWhenIdle(): void {
    this.#linger = undefined;
    if (this.#users > 0) return;
    const rest = this.#idleSince + LINGER - performance.now();
    if (rest > 0) return this.#closeLater(rest);
    this.#isClosed = true;
    sites.delete(this.path);
    if (sites.size === 0) process.off('exit', endHolds);
    this.heartbeat.close();
    this.owner.close();
    this.guard.close();
  }
}

/** Nothing but synchronous work is possible in a process that ends. */
function endHolds(): void {
  for (const { hold } of sites.values()) hold?.end();
}
