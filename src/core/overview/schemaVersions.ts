import type { DatabaseInfo } from '../database/databaseInfo';

const RELEASES: ReadonlyMap<number, string> = new Map([
  [2, '2025.7.3 to 2025.7.5'],
  [3, '2025.8 to 2025.11'],
  [16, 'from 2026.1.1'],
  [18, 'from 2026.7.1'],
]);

/** The version of a database and what that is, in words. */
export function describeVersion({ dbVersion, generation }: Pick<DatabaseInfo, 'dbVersion' | 'generation'>): string {
  const form = generation === 'legacy' ? 'each area an entry of its own' : 'one entry for the whole home';
  if (dbVersion === null) return `none given; ${form}`;
  const releases = RELEASES.get(dbVersion);
  return releases ? `${dbVersion}: Area Occupancy Detection ${releases}, ${form}` : `${dbVersion}; ${form}`;
}
