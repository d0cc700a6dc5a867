import type { LockFiles } from '../ports/lockFiles';
import type { AcquisitionRequest } from './lockAcquisition';
import { HIGHEST_RANK, MOST_PASSED_OVER, rankOf } from './lockPriority';
import type { LockSite } from './lockSite';
import { isAlive, type LockTraffic, type WaiterHint } from './lockTraffic';

/** ms for which the path is left free, so that a peer that polls every 100 ms finds it so. */
const GAP_MS = 110;
/** ms since a peer was seen for which it may come again. */
const PEER_MEMORY_MS = 60_000;
/** With a peer about: uses by ours, by the rank of the next, after which the path is left free for it; twice as many each time nobody came. */
const GRANTS_BEFORE_GAP = [1, 4, 8, Infinity];
/** More of them change nothing. */
const MOST_IN_VAIN = 20;
/** ms of use by ours after which it is left free in any case, since a peer that waits shows in nothing. */
const BUSY_BEFORE_GAP_MS = 750;
/** The same for the most urgent, and where none was seen for a day and none came the last time. */
const LONG_BUSY_BEFORE_GAP_MS = 4000;
const DAY_MS = 86_400_000;
/** ms between two looks around while the path is left free. */
const GAP_LOOK_MS = 2;
/** How often one use lets others go first, whatever hints say. */
const MOST_YIELDS = 10;
/** ms between two hints of the same wait. */
const HINT_PERIOD_MS = 250;

/** `yield`: let go of the guard for a moment. A number: leave the path free for so many ms, then ask again. */
export type Way = 'go' | 'yield' | number;

/** Whether one who could take the lock lets others go first: more urgent ones of ours, and peers, which know of no queue. */
export class RightOfWay {
  readonly #site: LockSite;
  readonly #request: AcquisitionRequest;
  readonly #began: number;
  #traffic: LockTraffic | undefined;
  #others: readonly WaiterHint[] = [];
  /** On the monotonic scale. */
  #emptySince: number | undefined;
  /** ms since the epoch: when this one found the path free for long enough, or a peer there. */
  #freeAt = 0;
  #peerAt = 0;
  #hasLeftFree = false;
  #yields = 0;
  #announcedAt: number | undefined;

  /** @param began when the waiting did, on the monotonic scale */
  constructor(site: LockSite, request: AcquisitionRequest, began: number) {
    this.#site = site;
    this.#request = request;
    this.#began = began;
  }

  /** Its own rank, or that of a more urgent one behind it in this process, which cannot go before this one has. */
  get rank(): number {
    const { clock, queue } = this.#site;
    return Math.max(rankOf(this.#request.priority, clock.monotonic() - this.#began), queue.highestRank);
  }

  /** Says to our other processes that this one waits. */
  announce(): void {
    const { board, clock } = this.#site;
    const now = clock.monotonic();
    if (this.#announcedAt !== undefined && now - this.#announcedAt < HINT_PERIOD_MS) return;
    this.#announcedAt = now;
    board.announce({ rank: this.rank, at: clock.now() });
  }

  withdraw(): void {
    if (this.#announcedAt !== undefined) this.#site.board.withdraw();
    this.#announcedAt = undefined;
  }

  /** Something lies at the path. @param isPeer of another program, which so has its turn */
  sawOccupied(isPeer: boolean): void {
    this.#emptySince = undefined;
    if (!isPeer) return;
    this.#peerAt = this.#site.clock.now();
    this.#freeAt = this.#peerAt;
  }

  /** With the guard, while another's file lies at the path: whether a more urgent one of ours should wait for it instead. */
  mustYield(): boolean {
    this.#look(0);
    return this.#yieldsToOthers();
  }

  /**
   * With the guard, and the path empty.
   * @param age ms that what others said may be old
   */
  decide(age = 0): Way {
    this.#look(age);
    const yields = this.#yieldsToOthers();
    if ((!yields && !this.#isGapDue()) || this.#request.deadline.remaining < GAP_MS) return 'go';
    if (yields) return 'yield';
    this.#emptySince ??= this.#site.clock.monotonic();
    const rest = GAP_MS - this.#emptyFor();
    if (rest > 0) {
      this.#hasLeftFree = true;
      return Math.min(rest, GAP_LOOK_MS);
    }
    this.#freeAt = this.#site.clock.now();
    return 'go';
  }

  /** To be called after each `yield`: what was found out before is no more certain. */
  yielded(): void {
    this.#yields++;
    this.#emptySince = undefined;
    this.#freeAt = 0;
  }

  /** What is to be written with the claim that follows a `go`. */
  get next(): LockTraffic {
    const { grants, leftFreeAt, peerAt, inVain, passedOver } = this.#present;
    const passesOver = this.#others.length > 0 && this.#isAnyLower();
    return { grants: grants + 1, leftFreeAt, peerAt, inVain, passedOver: passesOver ? passedOver + 1 : 0 };
  }

  get #present(): LockTraffic {
    const known = this.#traffic ?? { grants: 0, leftFreeAt: this.#site.clock.now(), peerAt: 0, inVain: 0, passedOver: 0 };
    const peerAt = Math.max(known.peerAt, this.#peerAt);
    if (this.#freeAt <= known.leftFreeAt) return peerAt === known.peerAt ? known : { ...known, peerAt };
    const inVain = this.#hasLeftFree && this.#peerAt === 0 ? Math.min(known.inVain + 1, MOST_IN_VAIN) : 0;
    return { ...known, grants: 0, leftFreeAt: this.#freeAt, peerAt, inVain };
  }

  #look(age: number): void {
    const { traffic, hints } = this.#site.board.look(age);
    this.#traffic = traffic;
    this.#others = hints.length === 0 ? hints : hints.filter((hint) => isAlive(hint, this.#site.clock.now()));
  }

  #yieldsToOthers(): boolean {
    if (this.#others.length === 0 || this.#yields >= MOST_YIELDS) return false;
    if (this.#present.passedOver >= MOST_PASSED_OVER) return this.#isAnyLower();
    const { rank } = this;
    return this.#others.some((other) => other.rank > rank);
  }

  #isAnyLower(): boolean {
    const { rank } = this;
    return this.#others.some((other) => other.rank < rank);
  }

  #isGapDue(): boolean {
    const { grants, leftFreeAt, peerAt, inVain } = this.#present;
    const now = this.#site.clock.now();
    const isPeerAbout = now - peerAt < PEER_MEMORY_MS;
    if (!isPeerAbout && now - leftFreeAt < BUSY_BEFORE_GAP_MS) return false;
    const { rank } = this;
    const isLong = (inVain > 0 && now - peerAt > DAY_MS) || rank === HIGHEST_RANK;
    if (now - leftFreeAt >= (isLong ? LONG_BUSY_BEFORE_GAP_MS : BUSY_BEFORE_GAP_MS)) return true;
    return isPeerAbout && grants >= (GRANTS_BEFORE_GAP[rank] ?? 0) * 2 ** inVain;
  }

  /** ms for which the path has been empty, as far as that is certain. */
  #emptyFor(): number {
    const { clock, files, owner, path, queue, self } = this.#site;
    const now = clock.monotonic();
    const seen = now - (this.#emptySince ?? now);
    if (seen >= GAP_MS) return seen;
    const isOursAlone = owner.read()?.writer.token === self.token;
    const own = isOursAlone ? now - queue.leftAt : 0;
    return Math.max(seen, own, this.#folderUnchangedFor(files, path));
  }

  /** ms; a folder's time changes with each file that is removed from it. */
  #folderUnchangedFor(files: LockFiles, path: string): number {
    try {
      const folder = files.status(path.replace(/[\\/][^\\/]*$/, ''));
      return folder ? this.#site.clock.now() - Number(folder.modified) / 1e6 : 0;
    } catch {
      return 0;
    }
  }
}
