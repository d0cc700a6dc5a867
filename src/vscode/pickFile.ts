import { InvalidDataError } from '../core/errors';
import { isVirtualPath } from '../core/snapshot/virtualPath';
import type { DatabaseSession } from './databaseSession';
import type { Databases } from './databases';
import { pickDatabase, type OfDatabase } from './pickDatabase';

/** As pickDatabase, for what a process of its own does with the file. Throws InvalidDataError for one that is not on this computer. */
export async function pickFile(
  databases: Databases,
  of: OfDatabase | undefined,
  title: string,
): Promise<DatabaseSession | undefined> {
  const session = await pickDatabase(databases, of, title);
  if (!session || !isVirtualPath(session.path)) return session;
  throw new InvalidDataError(
    `${session.name} is not a file on this computer.`,
    'Copy it to a folder of this computer together with its -wal, and open it there.',
  );
}
