import { describeGuarantee } from '../lock/describeGuarantee';
import { lockPriorities } from '../lock/lockPriority';
import type { LockPeer } from '../ports/lockEvents';
import type { Distribution } from './distribution';
import type { ByPeer, LockMetrics } from './lockMetrics';

/** Said where nothing was measured yet. */
export const NOTHING_MEASURED =
  'Nothing was measured yet: this window has not used the lock. A sync does, and reads of old releases.';

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

/** What was counted, as names and values. */
export function metricFacts({ acquired, failed, counts, guarantee }: LockMetrics): readonly (readonly [string, string])[] {
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

/** Times in seconds under their name. */
export type MetricTimes = readonly [name: string, distribution: Distribution];

/** The distributions of times that hold anything. */
export function metricTimes(metrics: LockMetrics): readonly MetricTimes[] {
  const rows: MetricTimes[] = [
    ...peerRows('Wait for', metrics.wait),
    ...peerRows('Hand-off from', metrics.handOff),
    ['Own hold', metrics.hold],
    ...peerRows('Hold of', metrics.peerHold),
    ['Wait for the guard', metrics.guardWait],
    ['Heartbeat late by', metrics.heartbeatLag],
  ];
  return rows.filter(([, { count }]) => count > 0);
}

function peerRows(what: string, peers: ByPeer): readonly MetricTimes[] {
  return Object.entries(PEERS).flatMap(([peer, name]): MetricTimes[] => {
    const distribution = peers[peer as LockPeer];
    return distribution ? [[`${what} ${name}`, distribution]] : [];
  });
}
