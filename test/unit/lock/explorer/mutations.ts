import { SETTLE_MS } from '../../../../src/core/lock/calmHistory';
import type { OwnerRecord } from '../../../../src/core/lock/ownerRecord';
import type { OpenFile } from '../../../../src/core/ports/lockFiles';
import type { Mutation } from './scenarios';
import { LOCK } from './world';

/** Takes the file at the path for its own as long as it has one open: what a lock without the identity check would see. */
export const withoutIdentityCheck: Mutation = (site) => {
  let mine: OpenFile | undefined;
  const { files } = site;
  return {
    ...site,
    files: {
      ...files,
      create(path, isSticky) {
        const file = files.create(path, isSticky);
        mine = file;
        return { ...file, close: () => ((mine = undefined), file.close()) };
      },
      status: (path) => (path === LOCK && mine ? mine.status() : files.status(path)),
    },
  };
};

/** Removes a stale file by its name at once, where the lock renames it aside and compares. */
export const breakingByUnlink: Mutation = (site) => {
  let pin: OpenFile | undefined;
  const { files } = site;
  return {
    ...site,
    files: {
      ...files,
      open: (path) => (pin = files.open(path)),
      rename: (path) => files.unlink(path),
      status: (path) => (path === LOCK ? files.status(path) : pin?.status()),
      unlink: (path) => (path === LOCK ? files.unlink(path) : undefined),
    },
  };
};

export const withoutSettling: Mutation = (site) => {
  const { clock } = site;
  const sleep = (ms: number): Promise<void> => (ms === SETTLE_MS ? Promise.resolve() : clock.sleep(ms));
  return { ...site, clock: { ...clock, sleep } };
};

/** A guard that lets everybody in. */
export const withoutGuard: Mutation = (site) => ({
  ...site,
  guard: { ...site.guard, take: () => 'taken', free: () => undefined, probe: () => 'free' },
});

/** The owner's record is written after the marker, not before it. */
export const recordingAfterwards: Mutation = (site) => {
  const { files, owner } = site;
  let pending: OwnerRecord | undefined;
  return {
    ...site,
    owner: { ...owner, write: (record) => void (pending = record) },
    files: {
      ...files,
      create(path, isSticky) {
        const file = files.create(path, isSticky);
        const write = (content: string) => {
          file.write(content);
          if (pending) owner.write(pending);
        };
        return { ...file, write };
      },
    },
  };
};

/** Takes any empty file for its own that was made at the moment of a claim. */
export const withoutMark: Mutation = (site) => {
  const status = (path: string) => {
    const seen = site.files.status(path);
    return seen && { ...seen, isSticky: true };
  };
  return { ...site, files: { ...site.files, status } };
};

/** Never looks for what one that was killed has left aside. */
export const leavingAsides: Mutation = (site) => ({ ...site, files: { ...site.files, beside: () => [] } });
