import { throwIfAborted } from '../errors';
import type { Log } from '../ports/log';
import type { BreakOutcome } from './breakLock';
import { breakLock } from './breakLock';
import { momentOf } from './calmHistory';
import type { Deadline } from './deadline';
import { inspectionOf, inspectSite } from './inspectSite';
import { ageText } from './lockEvidence';
import type { ClearResult, LockInspection } from './lockInspection';
import { CONFIRM_MS } from './lockJudgement';
import { rankOf } from './lockPriority';
import { observeLock } from './lockObservation';
import { LockObserver } from './lockObserver';
import type { LockSite } from './lockSite';
import { asideName } from './lockSite';

export interface ClearRequest {
  /** Seconds. */
  readonly staleAfter: number;
  /** How long to try for the guard. */
  readonly deadline: Deadline;
  readonly log: Log;
  /** What the user saw and agreed to remove. */
  readonly expected?: LockInspection | undefined;
  readonly signal?: AbortSignal | undefined;
}

const RETAKEN = 'The lock was taken again while you decided; nothing was removed.';
/** ms; shorter than a waiter of ours lets go of the guard for one that is more urgent. */
const GUARD_POLL_MS = 5;

/**
 * Removes a stale lock file at the user's wish, under the guard, and only the very file that was judged stale.
 * One audit line in the log says what was there and what was done.
 * @throws CancelledError when aborted; then nothing was removed
 */
export async function clearSite(site: LockSite, request: ClearRequest): Promise<ClearResult> {
  const result = await clear(site, request);
  const { outcome, reason, inspection } = result;
  const { path, pid, age, dialect } = inspection;
  const who = `${pid === undefined ? 'no process id' : `process ${pid}`}, ${age === undefined ? 'no age' : `${ageText(age)} old`}, ${dialect}`;
  if (outcome === 'removed') request.log.warn(`Removing stale lock file: ${path} (${who}): removed`);
  else request.log.info(`Clearing lock file ${path} (${who}): ${outcome}. ${reason}`);
  return result;
}

async function clear(site: LockSite, request: ClearRequest): Promise<ClearResult> {
  const { board, clock, guard, queue } = site;
  const { deadline, expected, signal, staleAfter } = request;
  throwIfAborted(signal, 'Clearing the lock');
  const first = inspectSite(site, staleAfter);
  if (first.state === 'free') return { outcome: 'absent', reason: 'There is no lock file any more.', inspection: first };
  if (expected && expected.identity !== first.identity) return refuse(RETAKEN, first);
  if (first.state !== 'stale') return refuse(first.evidence.at(-1) ?? 'It is not stale.', first);

  if (!(await queue.enter({ deadline, priority: 'critical', signal })))
    return refuse('An operation of this very process is using the lock.', first);
  try {
    for (;;) {
      const take = guard.take();
      if (take === 'taken') return await clearUnderGuard(site, request);
      if (take === 'unusable')
        return refuse('The guard beside it cannot be used here, and without it the removal would not be safe.', first);
      if (deadline.remaining === 0)
        return refuse('Another process of this extension is using the lock, or waiting for it.', first);
      board.announce({ rank: rankOf('critical'), at: clock.now() });
      await clock.sleep(GUARD_POLL_MS, signal);
    }
  } finally {
    guard.free();
    board.withdraw();
    queue.leave();
  }
}

async function clearUnderGuard(site: LockSite, { expected, signal, staleAfter }: ClearRequest): Promise<ClearResult> {
  const { clock, files, guard, history, path } = site;
  const observer = new LockObserver(site, staleAfter);
  if (expected?.identity !== undefined) observer.recall(expected.identity, Math.max(0, clock.now() - expected.at));
  for (;;) {
    const seen = observeLock(files, path);
    const judgement = observer.judge(seen, guard.isGenuine() ? 'mine' : 'unusable');
    const inspection = inspectionOf(site, seen, judgement);
    if (judgement.action === 'claim' || !seen.status)
      return { outcome: 'absent', reason: 'There is no lock file any more.', inspection };
    if (expected && expected.identity !== inspection.identity) return refuse(RETAKEN, inspection);
    if (judgement.action === 'confirm') {
      await clock.sleep(CONFIRM_MS, signal);
      continue;
    }
    if (judgement.action !== 'break') return refuse(judgement.evidence.at(-1) ?? 'It is not stale.', inspection);
    if (!guard.isGenuine()) return refuse('The guard beside it was replaced meanwhile; try again.', inspection);
    history.sawOld(momentOf(clock));
    return resultOf(breakLock(files, path, seen.status, asideName(site)), inspection);
  }
}

function resultOf(outcome: BreakOutcome, inspection: LockInspection): ClearResult {
  switch (outcome.kind) {
    case 'removed':
      return { outcome: 'removed', reason: 'The stale lock file was removed.', inspection };
    case 'failed':
      return refuse(`The file system refused to remove it (${outcome.fault}).`, inspection);
    default:
      return refuse(RETAKEN, inspection);
  }
}

function refuse(reason: string, inspection: LockInspection): ClearResult {
  return { outcome: 'refused', reason, inspection };
}
