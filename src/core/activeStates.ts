/** States in which an entity of a type speaks for occupancy, as AOD's defaults have them; a type not listed here has none by name. */
const activeStates: Readonly<Record<string, readonly string[]>> = {
  motion: ['on'],
  sleep: ['on'],
  media: ['playing', 'paused'],
  appliance: ['on', 'standby'],
  door: ['closed'],
  window: ['open'],
  cover: ['opening', 'closing'],
};

/** Doors and windows come from binary sensors as well, which say on for open and off for closed. */
const binaryStates: Readonly<Record<string, string>> = { door: 'off', window: 'on' };

/** The states by name that count as active for an entity of `entityType`; none for a type that has none. */
export function activeStatesOf(entityType: string): readonly string[] {
  const binary = binaryStates[entityType];
  return [...(activeStates[entityType] ?? []), ...(binary === undefined ? [] : [binary])];
}

/** Whether `state` counts as active for an entity of `entityType`. */
export function isActive(entityType: string, state: string): boolean {
  return (activeStates[entityType]?.includes(state) ?? false) || binaryStates[entityType] === state;
}
