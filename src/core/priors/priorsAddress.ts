/** What a view of priors is of: kept in the address of its document, so that it outlives a reload. */
export interface PriorsAddress {
  /** Path of the database. */
  readonly database: string;
  readonly area: string;
  /** The area it is compared with. */
  readonly other: string | null;
}

export function writePriorsAddress({ database, area, other }: PriorsAddress): string {
  return new URLSearchParams({ database, area, ...(other !== null && { other }) }).toString();
}

/** What `writePriorsAddress` wrote; undefined for anything else. */
export function readPriorsAddress(query: string): PriorsAddress | undefined {
  const parameters = new URLSearchParams(query);
  const [database, area, other] = ['database', 'area', 'other'].map((name) => parameters.get(name));
  return database && area ? { database, area, other: other ?? null } : undefined;
}

/** `Kitchen`, `Kitchen and Büro`. */
export function priorsTitle({ area, other }: PriorsAddress): string {
  return other === null ? area : `${area} and ${other}`;
}
