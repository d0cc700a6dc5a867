import { SchemaError } from '../core/errors';
import type { Area } from '../core/model';
import type { AreaNode } from '../core/tree/nodes';
import type { Databases } from './databases';
import type { DatabaseSession } from './databaseSession';
import { pickArea } from './pickArea';

/** An area that a command is run on: of the row of a tree, for instance. */
export type OfArea = Pick<AreaNode, 'database' | 'area'>;

export interface FoundArea {
  readonly session: DatabaseSession;
  /** As it is now. */
  readonly area: Area;
}

/** The area that a command is about, the row that it was run on or what the user picks. Throws SchemaError when it is gone. */
export async function findArea(databases: Databases, of: OfArea | undefined, title: string): Promise<FoundArea | undefined> {
  const picked = of ? { database: of.database, area: of.area.areaName } : await pickArea(databases, title);
  if (!picked) return undefined;
  const session = databases.get(picked.database);
  const areas = await session.reader.getAreas();
  // v2/v3: two config entries may bear the same name.
  const area = areas.find(({ areaName, entryId }) => areaName === picked.area && entryId === (of?.area.entryId ?? entryId));
  if (area) return { session, area };
  throw new SchemaError(`There is no area “${picked.area}” any more.`, 'Refresh: it may have been renamed or removed.');
}
