import type { DatabaseInfo } from '../database/databaseInfo';
import type { OccupancyReader } from '../database/occupancyReader';
import type { FriendlyNames } from '../friendlyNames';

/** An open database as the trees see it. */
export interface OpenDatabase {
  readonly path: string;
  readonly name: string;
  readonly reader: OccupancyReader & { getFriendlyNames(): Promise<FriendlyNames> };
  /** What was last known of it; null before it was open for the first time. */
  readonly info: DatabaseInfo | null;
  /** True while the file cannot be read. */
  readonly failed: boolean;
}
