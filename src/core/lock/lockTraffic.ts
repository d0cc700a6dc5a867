/**
 * What all our processes know together of the use of a lock. It is kept in the owner file, behind the owner's record. It settles
 * who goes first, never who may go: lost or torn, it costs order alone. Times are ms since the epoch, since processes share no other clock.
 */
export interface LockTraffic {
  /** Uses by ours since the path was last left free for a peer. */
  readonly grants: number;
  /** When that was. */
  readonly leftFreeAt: number;
  /** When a peer was last seen to have the lock; 0 for never. */
  readonly peerAt: number;
  /** How often in a row it was left free and nobody came. */
  readonly inVain: number;
  /** Grants in a row to more urgent ones while less urgent ones waited. */
  readonly passedOver: number;
}

/** One of our processes that waits. */
export interface WaiterHint {
  readonly rank: number;
  /** When it was last said. */
  readonly at: number;
  /** Whose; 12 hexadecimal digits. */
  readonly id: string;
}

/** Bytes; both are always written whole and in place. */
export const TRAFFIC_BYTES = 64;
export const HINT_BYTES = 32;

/** ms for which a hint holds: of a process that died or hangs, it soon counts no more. */
const HINT_LIFE = 1000;

const TRAFFIC = /^t1 (\d{1,9}) (\d{1,16}) (\d{1,16}) (\d{1,9}) (\d{1,9}) *\n$/;
const HINT = /^([0-3]) (\d{1,16}) ([0-9a-f]{12}) *\n$/;

export function encodeTraffic({ grants, leftFreeAt, peerAt, inVain, passedOver }: LockTraffic): string {
  return `${`t1 ${grants} ${Math.round(leftFreeAt)} ${Math.round(peerAt)} ${inVain} ${passedOver}`.padEnd(TRAFFIC_BYTES - 1)}\n`;
}

export function decodeTraffic(text: string): LockTraffic | undefined {
  const match = TRAFFIC.exec(text);
  if (!match || text.length !== TRAFFIC_BYTES) return undefined;
  const [grants = 0, leftFreeAt = 0, peerAt = 0, inVain = 0, passedOver = 0] = match.slice(1).map(Number);
  return { grants, leftFreeAt, peerAt, inVain, passedOver };
}

export function encodeHint({ rank, at, id }: WaiterHint): string {
  return `${`${rank} ${Math.round(at)} ${id}`.padEnd(HINT_BYTES - 1)}\n`;
}

/** The hint in a slot; undefined for an empty or torn one. */
export function decodeHint(text: string): WaiterHint | undefined {
  const match = HINT.exec(text);
  if (!match || text.length !== HINT_BYTES) return undefined;
  const [, rank, at, id = ''] = match;
  return { rank: Number(rank), at: Number(at), id };
}

export function isAlive({ at }: WaiterHint, now: number): boolean {
  return Math.abs(now - at) < HINT_LIFE;
}
