import { describeGuarantee } from '../lock/describeGuarantee';
import { ageText } from '../lock/lockEvidence';
import { lockPriorities } from '../lock/lockPriority';
import type { LockPeer } from '../ports/lockEvents';
import type { PlotSpan } from '../text/plotSpan';
import { PlotWriter } from '../text/plotWriter';
import { LEVELS } from '../timeline/laneGlyphs';
import type { Distribution } from './distribution';
import type { ByPeer, LockMetrics } from './lockMetrics';
import { secondsText } from './secondsText';

const NAME_COLUMNS = 40;
const VALUE_COLUMNS = 9;
/** Characters of a bar for one bucket, so that each decade has room for its label. */
const BUCKET_COLUMNS = 2;

const HEADINGS = ['count', 'half', '90 %', '99 %', 'longest'];

/** In the order of their rows. */
const PEERS: Readonly<Record<LockPeer, string>> = {
  none: 'nobody',
  courtesy: 'whom it was left free for',
  ours: 'this extension',
  marker: 'AOD (pid:time)',
  pid: 'AOD (pid)',
  flock: 'filelock',
  soft: 'filelock (soft)',
  unknown: 'something else',
};

interface MetricsText {
  readonly text: string;
  readonly spans: readonly PlotSpan[];
}

/**
 * Metrics as text: what was counted, then a line of times for each distribution, with bars of how they spread.
 * @param title name of the database @param hint the last line
 */
export function plotLockMetrics(metrics: LockMetrics, title: string, hint: string): MetricsText {
  const writer = new PlotWriter();
  const counted = ageText((metrics.at - metrics.since) / 1000);
  writer.write(title, 'title').write(`   counted for ${counted} by process ${metrics.pid}`, 'faint').endLine().endLine();
  for (const [name, value] of factsOf(metrics)) writer.write(name.padEnd(NAME_COLUMNS), 'faint').write(value).endLine();
  writer.endLine();
  writeTimes(writer, timesOf(metrics));
  writer.endLine();
  writeNumbers(writer, 'Before it in the queue', metrics.queueDepth);
  writeNumbers(writer, 'Tries after the first', metrics.polls);
  writer.endLine().write(hint, 'faint').endLine();
  return { text: writer.text, spans: writer.spans };
}

function factsOf({ acquired, failed, counts, guarantee }: LockMetrics): readonly (readonly [string, string])[] {
  const uses = lockPriorities.filter((priority) => acquired[priority] > 0).map((priority) => `${acquired[priority]} ${priority}`);
  const failures = Object.entries({ 'timed out': failed.timeout, cancelled: failed.cancelled, unusable: failed.unusable });
  const rest = {
    'Uses inside another one': counts.joined,
    'Stale locks removed': counts.brokenByAge + counts.brokenOrphans,
    'Stale locks that stayed after all': counts.keptStale,
    'Lost while held': counts.lost,
    'New lock file removed by a peer': counts.unsettled,
    'Let more urgent ones through': counts.yielded,
    'Faults of the file system': counts.faults,
    'Heartbeats that failed': counts.failedBeats,
  };
  const notObtained = failures.filter(([, count]) => count > 0).map(([how, count]) => `${count} ${how}`);
  return [
    ['Latest use rested on', describeGuarantee(guarantee)],
    ['Got the lock', uses.toReversed().join(', ') || '0'],
    ['Did not get it', notObtained.join(', ') || '0'],
    ...Object.entries(rest)
      .filter(([, count]) => count > 0)
      .map(([name, count]): [string, string] => [name, String(count)]),
  ];
}

type Row = readonly [name: string, distribution: Distribution];

function timesOf(metrics: LockMetrics): readonly Row[] {
  const rows: Row[] = [
    ...peerRows('Wait for', metrics.wait),
    ...peerRows('Hand-off from', metrics.handOff),
    ['Own hold', metrics.hold],
    ...peerRows('Hold of', metrics.peerHold),
    ['Wait for the guard', metrics.guardWait],
    ['Heartbeat late by', metrics.heartbeatLag],
  ];
  return rows.filter(([, { count }]) => count > 0);
}

function peerRows(what: string, peers: ByPeer): readonly Row[] {
  return Object.entries(PEERS).flatMap(([peer, name]): Row[] => {
    const distribution = peers[peer as LockPeer];
    return distribution ? [[`${what} ${name}`, distribution]] : [];
  });
}

function writeTimes(writer: PlotWriter, rows: readonly Row[]): void {
  const [first] = rows;
  if (!first) {
    writer
      .write('Nothing was measured yet: this window has not used the lock. A sync does, and reads of old releases.')
      .endLine();
    return;
  }
  const headings = HEADINGS.map((heading) => heading.padStart(VALUE_COLUMNS)).join('');
  writer
    .write(''.padEnd(NAME_COLUMNS))
    .write(`${headings}   ${axis(first[1])}`, 'faint')
    .endLine();
  for (const [name, distribution] of rows) {
    const { count, p50, p90, p99, max } = distribution;
    const values = [String(count), ...[p50, p90, p99, max].map((value) => secondsText(value))];
    writer.write(name.padEnd(NAME_COLUMNS)).write(values.map((value) => value.padStart(VALUE_COLUMNS)).join(''));
    writer.write('   ').write(bars(distribution), 'number').endLine();
  }
}

function writeNumbers(writer: PlotWriter, name: string, { count, p50, p99, max }: Distribution): void {
  const value = count === 0 ? 'none yet' : `half of ${count} at most ${p50}, 99 % at most ${p99}, the most ${max}`;
  writer.write(name.padEnd(NAME_COLUMNS), 'faint').write(value).endLine();
}

/** A label where the buckets of each decade begin: under its column are the values up to it. */
function axis({ buckets }: Distribution): string {
  let text = '';
  for (const [index, { upTo }] of buckets.entries()) {
    const power = Math.log10(upTo);
    if (Math.abs(power - Math.round(power)) < 1e-9)
      text = text.padEnd(index * BUCKET_COLUMNS) + secondsText(upTo).replace(' ', '');
  }
  return text;
}

/** The height of each bucket goes with the root of its share: the rare long wait is what one looks for. */
function bars({ buckets, count }: Distribution): string {
  const sizes = [...buckets, { count }].map((bucket, index) => bucket.count - (buckets[index - 1]?.count ?? 0));
  const most = Math.max(...sizes);
  return sizes.map((size) => (size === 0 ? ' ' : barOf(Math.sqrt(size / most))).repeat(BUCKET_COLUMNS)).join('');
}

/** @param height above 0, up to 1 */
function barOf(height: number): string {
  return LEVELS[Math.min(LEVELS.length, Math.ceil(height * LEVELS.length)) - 1] ?? '';
}
