/** What an overview is of: a whole database, or one of its areas. */
export interface OverviewAddress {
  /** Path of the database. */
  readonly database: string;
  /** null for all areas. */
  readonly area: string | null;
}

export function writeOverviewAddress({ database, area }: OverviewAddress): string {
  return new URLSearchParams({ database, ...(area !== null && { area }) }).toString();
}

/** What `writeOverviewAddress` wrote; undefined for anything else. */
export function readOverviewAddress(query: string): OverviewAddress | undefined {
  const parameters = new URLSearchParams(query);
  const [database, area] = ['database', 'area'].map((name) => parameters.get(name));
  return database ? { database, area: area ?? null } : undefined;
}
