import { isOccupancyError, LockUnusableError } from '../errors';
import type { FileStatus, OpenFile } from '../ports/lockFiles';
import { faultCode } from '../ports/lockFiles';
import { momentOf, SETTLE_MS } from './calmHistory';
import type { LockGuarantee } from './lock';
import { markerContent } from './lockContent';
import { isSameFile } from './lockObservation';
import type { LockSite } from './lockSite';
import type { LockTraffic } from './lockTraffic';

/** A lock file that is ours: open, and seen at its path after it was written. */
export interface LockClaim {
  readonly file: OpenFile;
  readonly status: FileStatus;
  readonly content: string;
  readonly guarantee: LockGuarantee;
}

/** ms since the epoch: the claim of a record that came to nothing. */
const NEVER = 0;

/** Creates the marker, and makes sure that it is ours. */
export class MarkerWriter {
  readonly #site: LockSite;

  constructor(site: LockSite) {
    this.#site = site;
  }

  /** Creates the marker; undefined when a peer was faster, or took it away again at once. */
  claim(isCalm: boolean, hasGuard: boolean, traffic?: LockTraffic): LockClaim | undefined {
    const { clock, files, history, path, self } = this.#site;
    const now = momentOf(clock);
    // The monotonic clock's part of a millisecond only makes the content unique.
    const content = markerContent(self.pid, now.wall + (now.monotonic % 1));
    // Written first: killed at any point after this, our marker is known as an orphan to the next of ours.
    if (hasGuard) this.#writeOwner(content, now.wall, isCalm, traffic);
    const file = this.#create(hasGuard);
    if (!file) {
      this.#withdraw(content, hasGuard);
      return undefined;
    }
    try {
      file.write(content);
      const status = file.status();
      if (!isSameFile(status, files.status(path))) return this.#giveUp(file, content, hasGuard);
      file.unmark();
      if (isCalm) history.sawOurs(now);
      return { file, status, content, guarantee: hasGuard ? 'kernel+marker' : 'marker' };
    } catch (error) {
      this.#takeBack(file);
      if (isOccupancyError(error)) throw error;
      throw new LockUnusableError(`it could not be written (${faultCode(error)}).`, { cause: error });
    }
  }

  /** Waits until a naive peer's late unlink would have shown; false when it did. */
  async settle({ file, status, content }: LockClaim, hasGuard: boolean, signal?: AbortSignal): Promise<boolean> {
    const { clock, files, history, path } = this.#site;
    try {
      await clock.sleep(SETTLE_MS, signal);
      if (!isSameFile(status, files.status(path))) {
        this.#giveUp(file, content, hasGuard);
        return false;
      }
    } catch (error) {
      this.#takeBack(file);
      throw error;
    }
    const now = momentOf(clock);
    history.sawOurs(now);
    if (hasGuard) this.#writeOwner(content, now.wall, true);
    return true;
  }

  /** Only who has the guard writes there, so that no two writers can tear the record. */
  #writeOwner(content: string, claimedAt: number, calm: boolean, traffic?: LockTraffic): void {
    const { guard, owner, self } = this.#site;
    owner.write({ writer: self, content, claimedAt, calm, guard: guard.inode() ?? 0n }, traffic);
  }

  /** Else a peer's file of this very moment, empty for as long as its writer is stopped, would be taken for ours. */
  #withdraw(content: string, hasGuard: boolean): void {
    if (hasGuard) this.#writeOwner(content, NEVER, false);
  }

  /** @param isRecorded the file gets the mark by which it is known as ours as long as it is empty */
  #create(isRecorded: boolean): OpenFile | undefined {
    const { files, path } = this.#site;
    try {
      return files.create(path, isRecorded);
    } catch (error) {
      const fault = faultCode(error);
      if (fault === 'EEXIST') return undefined;
      throw new LockUnusableError(`it could not be created (${fault}).`, { cause: error });
    }
  }

  /** A naive peer unlinked our new file, taking it for the stale one before it: what is at the path now is not ours. */
  #giveUp(file: OpenFile, content: string, hasGuard: boolean): undefined {
    file.close();
    this.#withdraw(content, hasGuard);
    this.#site.history.sawOld(momentOf(this.#site.clock));
    return undefined;
  }

  #takeBack(file: OpenFile): void {
    const { files, path } = this.#site;
    try {
      if (isSameFile(file.status(), files.status(path))) files.unlink(path);
    } catch {
      // It cannot be examined, so it is not removed: the owner file tells the next of ours that it is an orphan.
    } finally {
      file.close();
    }
  }
}
