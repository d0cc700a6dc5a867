import { DatabaseMissingError, InvalidDataError } from '../../core/errors';
import { optionalText, type ToolInput } from '../../core/tools/toolInput';
import type { Databases } from '../databases';
import type { DatabaseSession } from '../databaseSession';
import { findDatabases } from '../discovery';

/**
 * The database that a call is about: the one that it names, or the only one. Where none is open, what can be found without
 * asking is opened. Throws errors that tell a model what to pass, or what to ask the user for.
 */
export async function openForTool(databases: Databases, input: ToolInput): Promise<DatabaseSession> {
  const wanted = optionalText(input, 'database');
  if (databases.all.length === 0) await databases.openFound(await findDatabases());
  const all = databases.all;
  if (all.length === 0)
    throw new DatabaseMissingError(
      'No occupancy database is open, and none was found in the workspace.',
      'Ask the user to run “Area Occupancy: Open Database…”, or to open the folder of Home Assistant’s configuration; then call again.',
    );
  const named = wanted === undefined ? all : all.filter(({ path, name }) => path === wanted || name === wanted);
  const [session, ...others] = named;
  if (session && others.length === 0) return session;
  const known = all.map(({ path }) => path).join(', ');
  const problem =
    wanted === undefined ? `${all.length} databases are open.` : `No open database, or more than one, is called “${wanted}”.`;
  throw new InvalidDataError(problem, `Pass \`database\` as one of these paths: ${known}.`);
}
