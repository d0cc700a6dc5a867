import { CalmHistory } from '../../../../src/core/lock/calmHistory';
import { HoldEstimates } from '../../../../src/core/lock/holdEstimator';
import { LockQueue } from '../../../../src/core/lock/lockQueue';
import type { LockSite } from '../../../../src/core/lock/lockSite';
import type { LockWriter, OwnerRecord } from '../../../../src/core/lock/ownerRecord';
import type { Clock } from '../../../../src/core/ports/clock';
import type { Guard, GuardProbe, GuardTake } from '../../../../src/core/ports/guard';
import type { Heartbeat } from '../../../../src/core/ports/heartbeat';
import type { LockEvents } from '../../../../src/core/ports/lockEvents';
import type { FileStatus, LockFiles, OpenFile } from '../../../../src/core/ports/lockFiles';
import type { OwnerFile } from '../../../../src/core/ports/ownerFile';
import type { Wake } from '../../../../src/core/ports/wake';
import type { Calls } from './replay';
import { GUARD_INODE, LOCK, START } from './world';

const silentEvents: LockEvents = {
  asked() {},
  acquired() {},
  failed() {},
  joined() {},
  released() {},
  peerHeld() {},
  lost() {},
  broke() {},
  keptStale() {},
  unsettled() {},
  yielded() {},
  fault() {},
  beat() {},
};

/** The ports of the lock, every call of which is a step of a schedule. */
export class ModelSite implements LockSite {
  readonly path = LOCK;
  readonly self: LockWriter;
  readonly files: LockFiles;
  readonly guard: Guard;
  readonly owner: OwnerFile;
  readonly clock: Clock;
  readonly heartbeat: Heartbeat;
  readonly queue: LockQueue;
  readonly estimates = new HoldEstimates();
  readonly events = silentEvents;
  /** Nobody says that it waits: who goes first is no matter of exclusion. */
  readonly board = { look: () => ({ traffic: undefined, hints: [] }), announce: () => undefined, withdraw: () => undefined };
  readonly history = new CalmHistory();
  readonly random = () => 0.5;
  readonly glance = () => ({ seen: {}, record: undefined });
  /** Home Assistant is in another container, and holds no flock. */
  readonly processes = { find: () => undefined, isFlocked: () => false };
  /** An own property, so that a copy of the site with other ports has it too. */
  readonly watch: () => Wake;

  /** @param shortestWait ms that a poll lasts at least: a scheduler may wake as late as it likes, and fewer looks are fewer states */
  constructor(calls: Calls, pid: number, shortestWait: number) {
    this.self = { pid, life: '00000000000000a0', token: pid.toString(16).padStart(16, '0') };
    this.files = modelFiles(calls);
    this.clock = modelClock(calls);
    this.queue = new LockQueue(this.clock);
    this.guard = {
      take: () => calls.now({ name: 'take' }) as GuardTake,
      free: () => void calls.now({ name: 'free' }),
      probe: () => calls.now({ name: 'probe' }) as GuardProbe,
      isGenuine: () => true,
      reopen: () => undefined,
      inode: () => GUARD_INODE,
    };
    this.owner = {
      read: () => calls.now({ name: 'readOwner' }) as OwnerRecord | undefined,
      write: (record) => void calls.now({ name: 'writeOwner', record }),
      fileSystemTime: () => calls.now({ name: 'time' }) as number,
    };
    this.heartbeat = {
      begin(claimed, content) {
        void calls.now({ name: 'beginBeats', inode: Number(claimed.inode), content });
        return {
          lost: () => calls.now({ name: 'lost' }) as string | undefined,
          end: () => void calls.now({ name: 'endBeats' }),
        };
      },
    };
    this.watch = () => {
      void calls.now({ name: 'watch' });
      return {
        wait: async (ms) => {
          await calls.later({ name: 'wait', ms: Math.max(ms, shortestWait) });
          return false;
        },
        dispose: () => void calls.now({ name: 'unwatch' }),
      };
    };
  }
}

function modelClock(calls: Calls): Clock {
  return {
    now: () => calls.now({ name: 'time' }) as number,
    monotonic: () => (calls.now({ name: 'time' }) as number) - START,
    sleep: (ms) => calls.later({ name: 'sleep', ms }),
  };
}

export function modelFiles(calls: Calls): LockFiles {
  return {
    status: (path) => calls.now({ name: 'status', path }) as FileStatus | undefined,
    open: (path) => openFile(calls, calls.now({ name: 'open', path }) as number),
    create: (path, isSticky) => openFile(calls, calls.now({ name: 'create', path, isSticky }) as number),
    rename: (path, to) => void calls.now({ name: 'rename', path, to }),
    link: (path, to) => void calls.now({ name: 'link', path, to }),
    unlink: (path) => void calls.now({ name: 'unlink', path }),
    beside: (path) => calls.now({ name: 'beside', path }) as string[],
    requireWritableFolder: () => undefined,
  };
}

function openFile(calls: Calls, handle: number): OpenFile {
  return {
    status: () => calls.now({ name: 'fileStatus', handle }) as FileStatus,
    read: () => calls.now({ name: 'read', handle }) as string,
    write: (content) => void calls.now({ name: 'write', handle, content }),
    // Nobody asks for the mark of a file that has content.
    unmark: () => undefined,
    close: () => void calls.now({ name: 'close', handle }),
  };
}
