import type { FileStatus, LockFiles, OpenFile } from '../ports/lockFiles';
import { faultCode } from '../ports/lockFiles';
import { isSameFile, isUntouched } from './lockObservation';
import { ASIDE } from './lockSite';

/**
 * `changed`: it was no longer the judged file, and stays. `collision`: another file had taken its place while it was put back.
 * `failed`: the file system refused; `fault` is its code.
 */
export type BreakOutcome =
  { readonly kind: 'removed' | 'changed' | 'collision' } | { readonly kind: 'failed'; readonly fault: string };

/**
 * Removes the very file that was judged, and no other; call it only while holding the guard.
 * The file is pinned open (so its inode number cannot be reused), renamed aside, compared with the pin, and only then
 * unlinked: a file that slipped in between is found out and put back. No fault ever leads to an unlink.
 * @param aside a name of its own beside the lock
 */
export function breakLock(files: LockFiles, path: string, judged: FileStatus, aside: string): BreakOutcome {
  let pin: OpenFile | undefined;
  try {
    pin = files.open(path);
    if (!isUntouched(judged, pin.status()) || !isUntouched(judged, files.status(path))) return { kind: 'changed' };
    files.rename(path, aside);
    if (!isJudged(files, aside, pin, judged)) return putBack(files, aside, path);
    files.unlink(aside);
    return { kind: 'removed' };
  } catch (error) {
    const fault = faultCode(error);
    return fault === 'ENOENT' ? { kind: 'changed' } : { kind: 'failed', fault };
  } finally {
    pin?.close();
  }
}

/**
 * Finishes what one of ours was killed over. What is still aside gets its place back where that is free, to be judged anew: it may
 * live. A lock that has both names already keeps the right one. Call it only while holding the genuine guard: then none of ours is
 * in the midst of a removal.
 * @returns true when something was aside; false also where the file system refused
 */
export function finishBreaks(files: LockFiles, path: string): boolean {
  try {
    const left = files.beside(`${path}${ASIDE}`);
    for (const aside of left) putBack(files, aside, path);
    return left.length > 0;
  } catch {
    return false;
  }
}

/** A rename changes the inode's ctime, so only the content's own time and size are compared: a living holder may just have written. */
function isJudged(files: LockFiles, aside: string, pin: OpenFile, judged: FileStatus): boolean {
  try {
    const moved = files.status(aside);
    return (
      moved !== undefined && isSameFile(pin.status(), moved) && moved.modified === judged.modified && moved.size === judged.size
    );
  } catch {
    return false;
  }
}

function putBack(files: LockFiles, aside: string, path: string): BreakOutcome {
  try {
    files.link(aside, path);
  } catch (error) {
    if (faultCode(error) !== 'EEXIST') {
      // No hard links here. A rename would replace a newer file, so it is done only when the path is seen empty.
      if (files.status(path) !== undefined) return { kind: 'collision' };
      files.rename(aside, path);
      return { kind: 'changed' };
    }
    files.unlink(aside);
    return { kind: 'collision' };
  }
  files.unlink(aside);
  return { kind: 'changed' };
}
