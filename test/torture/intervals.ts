/** One stay inside the lock, by the monotonic clock that all processes share. */
export interface Stay {
  readonly who: string;
  readonly isOurs: boolean;
  /** ns */
  readonly from: bigint;
  /** ns */
  readonly until: bigint;
  /** ns, when it committed; undefined when it noticed that its lock was lost, and did not. */
  readonly committed: bigint | undefined;
}

export interface Overlaps {
  readonly oursOurs: number;
  /** Ours beside a peer, and it committed while the peer was inside. */
  readonly undetected: number;
  /** Ours beside a peer, and it noticed before it committed, or had committed before the peer came. */
  readonly detected: number;
  readonly peers: number;
}

/** Sweeps over the stays in one lock, and counts the pairs that were inside at the same time. */
export function sweep(stays: readonly Stay[]): Overlaps {
  const counts = { oursOurs: 0, undetected: 0, detected: 0, peers: 0 };
  let inside: Stay[] = [];
  for (const stay of stays.toSorted((one, other) => Number(one.from - other.from))) {
    inside = inside.filter(({ until }) => until > stay.from);
    for (const other of inside) counts[kindOf(stay, other)]++;
    inside.push(stay);
  }
  return counts;
}

function kindOf(one: Stay, other: Stay): keyof Overlaps {
  if (one.isOurs && other.isOurs) return 'oursOurs';
  if (!one.isOurs && !other.isOurs) return 'peers';
  const [ours, peer] = one.isOurs ? [one, other] : [other, one];
  const at = ours.committed;
  return at !== undefined && at > peer.from && at < peer.until ? 'undetected' : 'detected';
}

export function addOverlaps(all: readonly Overlaps[]): Overlaps {
  const total = { oursOurs: 0, undetected: 0, detected: 0, peers: 0 };
  for (const one of all) for (const kind of Object.keys(total) as (keyof Overlaps)[]) total[kind] += one[kind];
  return total;
}
