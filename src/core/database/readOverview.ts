import type { DatabaseOverview, TableRows } from '../overview/overviewFacts';
import type { DatabaseInfo } from './databaseInfo';
import type { Browse } from './occupancyReads';

/** Reads an overview step by step, a table at a time, so that others read and write in between. */
export async function readOverview(browse: Browse, info: DatabaseInfo): Promise<DatabaseOverview> {
  const first = await browse((reads) => {
    const { overview } = reads;
    const areas = new Set(reads.areas().map(({ areaName }) => areaName));
    const [newestInterval, lastPruned, oldest] = [overview.newestInterval(), overview.lastPruned(), overview.oldest()];
    return { areas: [...areas], newestInterval, lastPruned, oldest, names: overview.tables };
  });
  const tables: TableRows[] = [];
  for (const table of first.names) tables.push(await browse(({ overview }) => overview.rows(table)));
  const { areas, newestInterval, lastPruned, oldest } = first;
  return { info, newestInterval, lastPruned, tables, oldest, areas };
}
