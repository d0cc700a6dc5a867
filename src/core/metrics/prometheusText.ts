import type { Distribution } from './distribution';
import type { ByPeer, LockMetrics } from './lockMetrics';

type Labels = Readonly<Record<string, string>>;

interface Family {
  /** Without the prefix, with the unit. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly samples: readonly { readonly labels: Labels; readonly value: number | Distribution }[];
}

/**
 * Metrics in Prometheus' text exposition format 0.0.4, https://prometheus.io/docs/instrumenting/exposition_formats/.
 * Each family's samples stand together, so several databases go into one text.
 */
export function prometheusText(all: readonly LockMetrics[]): string {
  const [first, ...others] = all.map((metrics) => familiesOf(metrics));
  const families = (first ?? []).map((family, index) => ({
    ...family,
    samples: [...family.samples, ...others.flatMap((other) => other[index]?.samples ?? [])],
  }));
  return families.flatMap((family) => linesOf(family)).join('');
}

function familiesOf(metrics: LockMetrics): readonly Family[] {
  const database = { database: metrics.path.replace(/\.lock$/, '') };
  const byLabel = (label: string, values: Readonly<Record<string, number>>): Family['samples'] =>
    Object.entries(values).map(([key, value]) => ({ labels: { ...database, [label]: key }, value }));
  const byPeer = (peers: ByPeer): Family['samples'] =>
    Object.entries(peers).map(([peer, value]) => ({ labels: { ...database, peer }, value }));
  const one = (value: number | Distribution): Family['samples'] => [{ labels: database, value }];
  const counter = (name: string, help: string, samples: Family['samples']): Family => ({ name, type: 'counter', help, samples });
  const histogram = (name: string, help: string, samples: Family['samples']): Family => ({
    name,
    type: 'histogram',
    help,
    samples,
  });
  const { brokenOrphans, brokenByAge, ...counts } = metrics.counts;
  return [
    {
      name: 'counting_start_time_seconds',
      type: 'gauge',
      help: 'When counting began, since the epoch.',
      samples: one(metrics.since / 1000),
    },
    counter('acquired_total', 'Uses that got the lock.', byLabel('priority', metrics.acquired)),
    counter('failed_total', 'Uses that did not get the lock.', byLabel('result', metrics.failed)),
    counter('joined_total', 'Uses inside another one.', one(counts.joined)),
    counter(
      'broken_total',
      'Stale lock files that were removed.',
      byLabel('reason', { orphan: brokenOrphans, age: brokenByAge }),
    ),
    counter('kept_stale_total', 'Stale lock files that were not removed after all.', one(counts.keptStale)),
    counter('lost_total', 'Locks that were lost while they were held.', one(counts.lost)),
    counter('unsettled_total', 'New lock files that a peer removed at once.', one(counts.unsettled)),
    counter('yielded_total', 'Times that more urgent uses of ours were let through.', one(counts.yielded)),
    counter('faults_total', 'Looks at the lock file that failed.', one(counts.faults)),
    counter('failed_beats_total', 'Heartbeats that could not be written.', one(counts.failedBeats)),
    histogram('wait_seconds', 'From the request to having the lock, by who was in the way.', byPeer(metrics.wait)),
    histogram('hold_seconds', 'How long it was held.', one(metrics.hold)),
    histogram('peer_hold_seconds', 'How long those held it who were in the way.', byPeer(metrics.peerHold)),
    histogram('handoff_seconds', "From the event of another one's release to having the lock.", byPeer(metrics.handOff)),
    histogram('guard_wait_seconds', 'Of a wait, the part for the guard.', one(metrics.guardWait)),
    histogram('heartbeat_lag_seconds', 'By how much heartbeats were late.', one(metrics.heartbeatLag)),
    histogram('queue_depth', 'Callers of the same process that were before each one.', one(metrics.queueDepth)),
    histogram('polls', 'Tries after the first of those who did not get it at once.', one(metrics.polls)),
  ];
}

function linesOf({ name, type, help, samples }: Family): string[] {
  const full = `area_occupancy_lock_${name}`;
  if (samples.length === 0) return [];
  const head = [`# HELP ${full} ${help}\n`, `# TYPE ${full} ${type}\n`];
  return [...head, ...samples.flatMap(({ labels, value }) => sampleLines(full, labels, value))];
}

function sampleLines(name: string, labels: Labels, value: number | Distribution): string[] {
  if (typeof value === 'number') return [line(name, labels, value)];
  const buckets = value.buckets.map(({ upTo, count }) => line(`${name}_bucket`, { ...labels, le: String(upTo) }, count));
  return [
    ...buckets,
    line(`${name}_bucket`, { ...labels, le: '+Inf' }, value.count),
    line(`${name}_sum`, labels, value.sum),
    line(`${name}_count`, labels, value.count),
  ];
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
  return `${name}{${pairs.join(',')}} ${value}\n`;
}

function escape(text: string): string {
  return text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
}
