/** Names that people gave in Home Assistant; empty where a registry is missing. */
export interface FriendlyNames {
  /** By area id. */
  readonly areas: ReadonlyMap<string, string>;
  /** By entity id. */
  readonly entities: ReadonlyMap<string, string>;
}

export const noFriendlyNames: FriendlyNames = { areas: new Map(), entities: new Map() };
