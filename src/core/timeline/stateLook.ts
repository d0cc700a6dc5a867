import type { LaneState } from './timeline';

/**
 * How a state looks: what is active stands high and strong, what is at rest is a line, states between the two are low bars, and
 * those in which Home Assistant itself knew nothing look like a gap with a border. Each has a texture besides its colour.
 */
export type StateLook = 'active' | 'secondary' | 'other' | 'rest' | 'missing' | 'hidden';

/** Active states in which less goes on than in the other one of their type. */
const SECONDARY: ReadonlySet<string> = new Set(['paused', 'standby', 'closing']);

const MISSING: ReadonlySet<string> = new Set(['unavailable', 'unknown', 'none', '']);

/** What a device is in while nothing goes on; a door that is closed counts as active, so it does not come here. */
const REST: ReadonlySet<string> = new Set(['off', 'closed', 'idle', 'standby', 'not_home', 'clear', 'other states']);

/** Whether an active state is one in which less goes on than in the other one of its type. */
export function isSecondary(name: string): boolean {
  return SECONDARY.has(name);
}

/** @param hidden names of the states that are not to be drawn */
export function stateLook({ name, active }: LaneState, hidden: ReadonlySet<string>): StateLook {
  if (hidden.has(name)) return 'hidden';
  if (active) return SECONDARY.has(name) ? 'secondary' : 'active';
  if (MISSING.has(name.toLowerCase())) return 'missing';
  return REST.has(name) ? 'rest' : 'other';
}
