import type { DatabaseInfo } from '../database/databaseInfo';
import type { OccupancySchema } from '../database/occupancySchema';
import { asOccupancyError } from '../errors';
import type { Clock } from '../ports/clock';
import { checkIntervals, checkWritten } from './checkIntervals';
import { type CheckRead, CheckReads } from './checkReads';
import type { CheckOptions, CheckReport } from './checkReport';
import { checkOverdue, checkReferences, checkValues } from './checkTables';
import { checkFiles, type FileFacts } from './fileRules';
import { Findings } from './findings';
import { checkIndexes, checkPages } from './integrity';

export interface CheckParts {
  readonly schema: OccupancySchema;
  readonly info: DatabaseInfo;
  /** AOD's own copy beside the database. */
  readonly backup: FileFacts | null;
  readonly read: CheckRead;
  readonly clock: Clock;
}

/**
 * Checks a database in short reads: the file by SQLite's own checks, then what AOD keeps in it. What is so damaged that it cannot
 * be read is a finding as well. Throws what reading throws otherwise, and CancelledError.
 */
export async function checkDatabase(parts: CheckParts, options: CheckOptions = {}): Promise<CheckReport> {
  const { schema, info, backup, clock } = parts;
  const [startedAt, since] = [clock.now(), clock.monotonic()];
  const findings = new Findings();
  const reads = new CheckReads(schema, parts.read, options);
  const attempt = <T>(what: string, work: () => Promise<T>): Promise<T | undefined> => attemptPart(what, work, findings);

  checkFiles(info, backup, findings);
  reads.report('pages', null);
  await attempt('the pages of the file', () => reads.query((reader) => checkPages(reader, findings)));
  // What is wrong with pages is wrong with indexes too, and would be said a second time.
  if (!findings.has('damaged')) await attempt('the indexes', () => checkAllIndexes(reads, findings));
  reads.report('tables', null);
  await attempt('the references between tables', () => checkReferences(reads, findings));
  await attempt('the retention', () => checkOverdue(reads, startedAt, findings));
  await attempt('the values of areas and entities', () => checkValues(reads, findings));
  await attempt('when intervals were written', () => checkWritten(reads, findings));
  const intervals = await attempt('the intervals', () => checkIntervals(reads, startedAt * 1000, findings));
  const milliseconds = clock.monotonic() - since;
  return { info, startedAt, milliseconds, intervals: intervals ?? 0, findings: findings.all };
}

async function checkAllIndexes(reads: CheckReads, findings: Findings): Promise<void> {
  const tables = [...reads.schema.tables.keys()].filter((table) => !table.startsWith('sqlite_'));
  for (const [index, table] of tables.entries()) {
    const step = await reads.query((reader) => checkIndexes(reader, table, findings));
    for (let done = 0; done < 1;) {
      reads.report('indexes', (index + done) / tables.length);
      done = await reads.query(step);
    }
  }
}

/** What a damaged page keeps from being read is said, and the rest is checked all the same. */
async function attemptPart<T>(what: string, work: () => Promise<T>, findings: Findings): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = asOccupancyError(error);
    if (code !== 'DATABASE_CORRUPT') throw error;
    if (!findings.has('damaged')) findings.add('damaged', { kind: 'text', text: message });
    findings.add('unchecked', { kind: 'text', text: what });
    return undefined;
  }
}
