import type { GuardProbe } from '../ports/guard';
import type { Processes } from '../ports/processFacts';
import type { FileStatus } from '../ports/lockFiles';
import { ageText, holderText, kindText } from './lockEvidence';
import type { LockContent } from './lockContent';
import { parseLockContent } from './lockContent';
import type { LockDialect, LockState } from './lockInspection';
import type { LockObservation } from './lockObservation';
import { isLockPath } from './lockObservation';
import type { LockWriter, OwnerRecord } from './ownerRecord';
import { isOtherCopyInProcess } from './ownerRecord';

/** Above the seed's 300 s, so that a naive peer that polls every 100 ms breaks a stale file first and cannot race us. */
export const COURTESY_SECONDS = 5;
/** How long (ms) a stale file must be seen unchanged before it is removed. */
export const CONFIRM_MS = 2000;
/** Younger (s) than this, an empty or odd file may be one that is just being written. */
const BEING_WRITTEN_SECONDS = 2;
/** From this difference (s) between two clocks on, an age says nothing. */
const MAX_SKEW_SECONDS = 60;
/** A marker of ours that was killed between its creation and its content is this close (ms) to the claim in the owner file. */
const CLAIM_WINDOW_MS = { before: 20, after: 100 };

/** What to do: `claim` an empty path, `wait`, `confirm` by a second look, `break` now, or `give-up` since waiting cannot help. */
export type LockAction = 'claim' | 'wait' | 'confirm' | 'break' | 'give-up';

export interface Judgement {
  readonly state: LockState;
  readonly dialect: LockDialect;
  readonly action: LockAction;
  readonly pid?: number;
  /** Seconds since the file was last written. */
  readonly age?: number;
  readonly ours: boolean;
  /** Sentences for the user, in the order that led to the state; the last one is the reason. */
  readonly evidence: readonly string[];
}

/** What is known around one look. */
export interface JudgementFacts {
  readonly path: string;
  /** ms since the epoch; by the lock's own file system where that is known. */
  readonly now: number;
  /** ms by which the file system's clock is ahead of ours; 0 when unknown. */
  readonly skew: number;
  /** ms (monotonic) for which the very same file was seen unchanged. */
  readonly unchangedFor: number;
  /** s */
  readonly staleAfter: number;
  /** `free` also when we hold it ourselves: none other of ours does. */
  readonly guard: GuardProbe;
  readonly guardInode: bigint | undefined;
  readonly owner: OwnerRecord | undefined;
  readonly self: LockWriter;
  readonly processes: Processes;
}

/** Judges one look at a lock path: whatever cannot be proven stale is held, and no fault is ever proof. */
export function judgeLock(seen: LockObservation, facts: JudgementFacts): Judgement {
  const { status, content, fault } = seen;
  if (!isLockPath(facts.path))
    return outcome('foreign', 'give-up', 'unknown', 'The name does not end in .lock, so it is no lock file.');
  if (!status) {
    if (!fault) return outcome('free', 'claim', 'none', 'There is no lock file.');
    return outcome('held', 'wait', 'unknown', `The lock file could not be examined (${fault}); until it can, it counts as held.`);
  }
  if (status.kind !== 'file')
    return outcome('foreign', 'give-up', 'unknown', `There is ${kindText(status.kind)} where the lock file belongs.`);
  if (content === undefined) return judgeUnread(status, fault);
  return new FileJudgement(status, content, facts).judge();
}

function outcome(state: LockState, action: LockAction, dialect: LockDialect, reason: string): Judgement {
  return { state, action, dialect, ours: false, evidence: [reason] };
}

function judgeUnread(status: FileStatus, fault: string | undefined): Judgement {
  if (fault)
    return outcome('held', 'wait', 'unknown', `The lock file could not be read (${fault}); until it can, it counts as held.`);
  if (status.links === 1n)
    return outcome('foreign', 'give-up', 'unknown', `The file holds ${status.size} bytes, more than any lock does.`);
  return outcome('foreign', 'give-up', 'unknown', 'The file has more than one name (hard links), which no lock has.');
}

/** A regular, readable, small file. */
class FileJudgement {
  readonly #status: FileStatus;
  readonly #text: string;
  readonly #content: LockContent;
  readonly #facts: JudgementFacts;
  readonly #age: number;
  readonly #ours: boolean;
  readonly #evidence: string[] = [];

  constructor(status: FileStatus, text: string, facts: JudgementFacts) {
    this.#status = status;
    this.#text = text;
    this.#content = parseLockContent(text);
    this.#facts = facts;
    this.#age = (facts.now - Number(status.modified) / 1e6) / 1000;
    this.#ours = this.#isOurs();
  }

  judge(): Judgement {
    const { dialect, pid } = this.#content;
    const { path, processes } = this.#facts;
    this.#evidence.push(holderText(this.#content, this.#age, this.#ours));
    if (processes.isFlocked(this.#status)) return this.#held('A process holds a kernel lock (flock) on it right now.');
    const byGuard = this.#judgeByGuard();
    if (byGuard) return byGuard;
    if (dialect === 'flock' || dialect === 'unknown') return this.#judgeOdd();
    if (dialect === 'soft')
      return this.#held('A SoftFileLock of PyPI filelock does not age; it can only be removed by its owner.');
    const process = pid === undefined ? undefined : processes.find(pid);
    const writtenAt = this.#content.time === undefined ? Number(this.#status.modified) / 1e6 : this.#content.time * 1000;
    if (process?.isHomeAssistant && process.startedAt < writtenAt + 2000) {
      return this.#held(`Process ${pid} (${process.command}) is running and was there before the lock, so it is its holder.`);
    }
    return this.#judgeAge(path);
  }

  /** Ours by content; or, when its writer was killed before it could write, by its mark and the moment of its creation. */
  #isOurs(): boolean {
    const { owner } = this.#facts;
    if (!owner) return false;
    if (this.#text !== '') return this.#text === owner.content;
    const sinceClaim = Number(this.#status.modified) / 1e6 - owner.claimedAt;
    const isOfClaim = sinceClaim > -CLAIM_WINDOW_MS.before && sinceClaim < CLAIM_WINDOW_MS.after;
    return this.#status.isSticky && isOfClaim && !this.#isBeingWritten();
  }

  /** What the guard proves of a marker of ours; undefined when it proves nothing, and only the age is left to go by. */
  #judgeByGuard(): Judgement | undefined {
    const { guard, guardInode, owner, self, unchangedFor } = this.#facts;
    if (!this.#ours || !owner) return undefined;
    if (isOtherCopyInProcess(owner, self)) {
      this.#evidence.push(
        'Another copy of this library in this very process wrote it, and the guard does not tell the two apart.',
      );
      return undefined;
    }
    if (owner.guard !== guardInode) {
      this.#evidence.push('Its writer held another guard than the one that is beside it now.');
      return undefined;
    }
    if (guard === 'busy') return this.#held('Its writer is alive: it still holds the guard.');
    if (guard !== 'free') return undefined;
    // A release of AOD that locks by flock may have emptied it, and hold that lock where it cannot be seen from here.
    const isCertain = this.#text !== '' || unchangedFor >= CONFIRM_MS;
    return this.#as('stale', isCertain ? 'break' : 'confirm', 'Its writer has ended: the guard that it held is free.');
  }

  #isBeingWritten(): boolean {
    return this.#age < BEING_WRITTEN_SECONDS && this.#facts.unchangedFor < BEING_WRITTEN_SECONDS * 1000;
  }

  #judgeOdd(): Judgement {
    if (this.#isBeingWritten()) return this.#held('It is so new that its writer may still be writing it.');
    if (this.#content.dialect === 'unknown')
      return this.#as('foreign', 'give-up', 'Its content is not that of a lock of Area Occupancy Detection.');
    return this.#as(
      'leftover',
      'give-up',
      'It is the empty file that releases from 2025.10 to 2025.11 leave behind after every use: nothing holds it, and it is harmless.',
    );
  }

  #judgeAge(path: string): Judgement {
    const { staleAfter, unchangedFor, skew } = this.#facts;
    const limit = staleAfter + COURTESY_SECONDS;
    if (this.#age < -MAX_SKEW_SECONDS || Math.abs(skew) > MAX_SKEW_SECONDS * 1000) {
      this.#evidence.push('The clocks disagree by more than a minute, so its age cannot be told.');
      if (unchangedFor > limit * 1000)
        return this.#as('stale', 'break', `It was seen unchanged for ${ageText(unchangedFor / 1000)}.`);
      return this.#held(`It counts as held until it has been seen unchanged for ${ageText(limit)}.`);
    }
    if (this.#age <= limit) return this.#held(`A lock counts as held until it is ${ageText(limit)} old.`);
    this.#evidence.push(`No process that could hold ${path.replace(/^.*[\\/]/, '')} is visible from here.`);
    const reason = `A lock goes stale after ${ageText(staleAfter)} without being written again.`;
    return this.#as('stale', unchangedFor >= CONFIRM_MS ? 'break' : 'confirm', reason);
  }

  #held(reason: string): Judgement {
    return this.#as('held', 'wait', reason);
  }

  #as(state: LockState, action: LockAction, reason: string): Judgement {
    const { dialect, pid } = this.#content;
    const known = this.#text === '' && this.#ours ? 'marker' : dialect;
    const judged = { state, action, dialect: known, age: this.#age, ours: this.#ours, evidence: [...this.#evidence, reason] };
    return pid === undefined ? judged : { ...judged, pid };
  }
}
