import { parseLockContent } from './lockContent';
import { ageText } from './lockEvidence';
import type { LockSite } from './lockSite';

/** Who is in the way, as the end of a sentence. */
export function describeHolder(site: LockSite): string {
  const { clock, path } = site;
  const { seen, record } = site.glance();
  if (!seen.status) return 'another process of this extension is about to use it.';
  const { pid } = parseLockContent(seen.content ?? '');
  const who = pid === undefined ? 'a process without an id' : `process ${pid}`;
  // Ours are renewed all the time, so the age of the file is not that of the hold.
  const isOurs = record !== undefined && record.content === seen.content;
  const since = isOurs ? record.claimedAt : Number(seen.status.modified) / 1e6;
  return `${who} has held ${path} for ${ageText((clock.now() - since) / 1000)}.`;
}
