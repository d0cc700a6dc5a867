import type { DatabaseInfo } from '../database/databaseInfo';
import type { Format } from '../format';
import { explainLock } from '../lock/explainLock';
import type { LockInspection } from '../lock/lockInspection';
import type { DatabaseOverview, RetentionKind } from './overviewFacts';
import type { OverviewFact, OverviewRow, OverviewSection, OverviewTable } from './overviewModel';
import { checkRetention } from './retention';
import { describeVersion } from './schemaVersions';

export interface DatabaseDescription {
  /** As the tree calls it. */
  readonly name: string;
  /** undefined where it could not be looked at. */
  readonly lock: LockInspection | undefined;
  /** ms since the epoch */
  readonly now: number;
  readonly format: Format;
}

/** The section of the database as a whole. */
export function describeDatabase(overview: DatabaseOverview, { name, lock, now, format }: DatabaseDescription): OverviewSection {
  const { info, newestInterval, lastPruned } = overview;
  const facts: readonly (OverviewFact | null)[] = [
    { label: 'Path', value: info.path },
    { label: 'Version', value: describeVersion(info) },
    { label: 'File', value: fileSizes(info, format) },
    { label: 'Last written', value: lastWritten(info, format) },
    { label: 'Newest interval', value: newestInterval === null ? 'none' : `ends ${format.moment(newestInterval)}` },
    lastPruned === null ? null : { label: 'Last tidied up', value: pruned(lastPruned, format) },
    info.snapshotAt === null ? null : { label: 'Snapshot', value: `of ${format.momentOf(info.snapshotAt)}` },
    { label: 'Access', value: access(info) },
    lock ? { label: 'Lock', value: explainLock(lock).headline, ...(lock.state === 'stale' && { isWarning: true }) } : null,
  ];
  return {
    id: 'database',
    title: name,
    area: null,
    facts: facts.filter((fact) => fact !== null),
    tables: [tableRows(overview, format), retentionTable(overview, now, format)],
  };
}

function fileSizes({ fileBytes, walBytes }: DatabaseInfo, format: Format): string {
  const wal = walBytes === 0 ? 'nothing in its -wal' : `${format.fileSize(walBytes)} in its -wal`;
  return `${format.fileSize(fileBytes)}, ${wal}`;
}

/** Whoever reads makes an empty -wal where there was none, which is no write. */
function lastWritten({ fileWritten, walWritten, walBytes }: DatabaseInfo, format: Format): string {
  const times = [fileWritten, walBytes > 0 ? walWritten : null].filter((time) => time !== null);
  return times.length === 0 ? 'unknown' : format.momentOf(Math.max(...times));
}

/** AOD writes it in ISO 8601. */
function pruned(text: string, format: Format): string {
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? text : format.momentOf(moment);
}

function access({ readOnly, reason, journalMode }: DatabaseInfo): string {
  const mode = journalMode === 'wal' ? '' : ` Its journal mode is ${journalMode}, not wal.`;
  return readOnly ? `Read-only. ${reason ?? ''}${mode}` : `May be written.${mode}`;
}

function tableRows({ tables }: DatabaseOverview, format: Format): OverviewTable {
  return {
    id: 'tables',
    title: 'Tables',
    columns: [
      { label: 'Table', align: 'start' },
      { label: 'Rows', align: 'end' },
    ],
    rows: tables.map(({ table, rows }) => [{ text: table }, { text: format.count(rows), order: rows.count }]),
  };
}

const retentionLabels: Readonly<Record<RetentionKind, string>> = {
  raw: 'Raw intervals',
  daily: 'Daily sums',
  weekly: 'Weekly sums',
  monthly: 'Monthly sums',
  samples: 'Numeric samples',
};

function retentionTable({ oldest, info }: DatabaseOverview, now: number, format: Format): OverviewTable {
  const checked = oldest.map((row) => checkRetention(row, info.generation, now));
  const rows = checked.map(({ kind, keptDays, oldest: start, overSince }): OverviewRow => {
    const over = overSince === null ? '' : `over since ${format.minute(overSince)}`;
    return [
      { text: retentionLabels[kind] },
      { text: `${format.number(keptDays)} d`, order: keptDays },
      { text: start === null ? 'none' : format.moment(start) },
      overSince === null
        ? { text: start === null ? '' : 'in time' }
        : { text: `${over}, ${format.duration((now - overSince) / 1000)}`, isWarning: true },
    ];
  });
  return {
    id: 'retention',
    title: 'Retention',
    columns: [
      { label: 'Rows', align: 'start' },
      { label: 'Kept for', align: 'end' },
      { label: 'Oldest', align: 'start' },
      { label: 'Check', align: 'start' },
    ],
    rows,
    ...(checked.some(({ overSince }) => overSince !== null) && {
      note: 'Area Occupancy Detection sums up or removes what is over each time it analyses. Rows that stay over say that Home Assistant is not running, or that its analysis fails: its log tells.',
    }),
  };
}
