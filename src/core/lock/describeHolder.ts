import { ageText } from './lockEvidence';
import { observeLock } from './lockObservation';
import { LockObserver } from './lockObserver';
import type { LockSite } from './lockSite';

/**
 * Who is in the way, as the end of a sentence.
 * @param staleAfter seconds
 */
export function describeHolder(site: LockSite, staleAfter: number): string {
  const { clock, files, owner, path } = site;
  const { pid, age, ours, state } = new LockObserver(site, staleAfter).judge(observeLock(files, path), 'busy');
  if (state === 'free') return 'another process of this extension is about to use it.';
  const who = pid === undefined ? 'a process without an id' : `process ${pid}`;
  // Ours are renewed all the time, so the age of the file is not that of the hold.
  const since = ours ? owner.read()?.claimedAt : undefined;
  const held = since === undefined ? age : (clock.now() - since) / 1000;
  return `${who} has held ${path}${held === undefined ? '' : ` for ${ageText(held)}`}.`;
}
