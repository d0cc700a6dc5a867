/** Names that Home Assistant's registries give, by area id and by entity id; empty where a registry is missing. */
export interface FriendlyNames {
  readonly areas: Readonly<Record<string, string>>;
  readonly entities: Readonly<Record<string, string>>;
}

export const noFriendlyNames: FriendlyNames = { areas: {}, entities: {} };
