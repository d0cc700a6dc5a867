import type { ErrorCode } from '../errors';
import type { Format } from '../format';
import { isVirtualPath } from '../snapshot/virtualPath';
import type { DatabaseNode, EmptyNode, ProblemNode, SnapshotNode, TreeNode } from './nodes';
import { presentArea, presentPriors, presentToday } from './presentAreas';
import { presentEntity, presentEntityType } from './presentEntities';
import { presentChecked, presentFinding, presentFindingRow } from './presentFindings';
import { presentDay, presentInterval, presentMore } from './presentIntervals';
import { presentLock, presentLockFact, presentLockTimes } from './presentLock';
import { leaf, type Presentation } from './presentation';
import { presentSyncArea, presentSyncBetween, presentSyncEntity, presentSyncNothing, presentSyncRow } from './presentSync';

/** The words, icon and abilities of a row. */
export function present(node: TreeNode, format: Format): Presentation {
  switch (node.kind) {
    case 'database':
      return presentDatabase(node, format);
    case 'area':
      return presentArea(node, format);
    case 'today':
      return presentToday(node, format);
    case 'priors':
      return presentPriors(node, format);
    case 'entityType':
      return presentEntityType(node, format);
    case 'entity':
      return presentEntity(node, format);
    case 'day':
      return presentDay(node, format);
    case 'interval':
      return presentInterval(node, format);
    case 'more':
      return presentMore(node, format);
    case 'lock':
      return presentLock(node);
    case 'lockFact':
      return presentLockFact(node);
    case 'lockTimes':
      return presentLockTimes(node, format);
    case 'syncArea':
      return presentSyncArea(node, format);
    case 'syncEntity':
      return presentSyncEntity(node, format);
    case 'syncRow':
      return presentSyncRow(node, format);
    case 'syncBetween':
      return presentSyncBetween(node, format);
    case 'syncNothing':
      return presentSyncNothing(node, format);
    case 'checked':
      return presentChecked(node, format);
    case 'finding':
      return presentFinding(node, format);
    case 'findingRow':
      return presentFindingRow(node, format);
    case 'empty':
      return leaf(emptyText(node), 'circle-slash');
    case 'problem':
      return presentProblem(node);
    case 'advice':
      return leaf(node.nextStep, 'lightbulb', 'problemsWarningIcon.foreground');
    case 'lastGood':
      return leaf(`Last good data, read at ${format.timeOf(node.at)}`, 'history', 'problemsWarningIcon.foreground');
    case 'notice':
      return leaf(node.text, 'info', 'problemsInfoIcon.foreground');
    case 'snapshot':
      return presentSnapshot(node, format);
  }
}

function presentDatabase({ name, database, info, failed }: DatabaseNode, format: Format): Presentation {
  const version = info && (info.dbVersion === null ? 'no version' : `AOD schema ${info.dbVersion}`);
  const snapshotAt = info?.snapshotAt ?? null;
  const access = snapshotAt === null ? info?.readOnly && 'read-only' : `snapshot of ${format.timeOf(snapshotAt)}`;
  // In a narrow view only the first words are read.
  const facts = [...(snapshotAt === null ? [version, access] : [access, version]), failed && 'not readable']
    .filter(Boolean)
    .join(', ');
  // A lock beside a file that has no path here cannot be looked at.
  const hasLock = !isVirtualPath(database);
  return {
    label: name,
    description: facts,
    icon: failed ? 'warning' : snapshotAt === null ? 'database' : 'device-camera',
    ...(failed && { color: 'problemsWarningIcon.foreground' }),
    tooltip: [
      database,
      ...(snapshotAt === null ? [] : [`Snapshot of ${format.momentOf(snapshotAt)}`]),
      ...(info?.reason ? [info.reason] : []),
    ],
    spoken: `Database ${name}${facts && `, ${facts}`}`,
    opens: 'expanded',
    abilities: [
      'canClose',
      ...(hasLock ? ['canShowLock'] : []),
      ...(snapshotAt === null ? ['canSync'] : []),
      'canShowOverview',
      'canExport',
      'canCheck',
      ...(snapshotAt === null ? ['canBackUp'] : []),
    ],
  };
}

/** Above the rows of every view, since not all of them have a row for the database. */
function presentSnapshot({ at, reason }: SnapshotNode, format: Format): Presentation {
  const title = `Snapshot of ${format.timeOf(at)}`;
  return {
    ...leaf(title, 'device-camera', 'problemsInfoIcon.foreground'),
    description: reason,
    tooltip: [`Snapshot of ${format.momentOf(at)}`, reason],
    spoken: `${title}. ${reason}`,
  };
}

function emptyText({ what }: EmptyNode): string {
  switch (what) {
    case 'areas':
      return 'No areas yet';
    case 'entities':
      return 'No entities yet';
    case 'intervals':
      return 'No intervals yet';
    case 'filtered':
      return 'No entity matches the filter';
    case 'filteredAreas':
      return 'No area matches the filter';
    case 'unmatched':
      return 'No interval matches the filter';
  }
}

/** In a narrow view only the first words are read, so they say what is wrong; the path comes after them. */
const problems: Readonly<Record<ErrorCode, string>> = {
  LOCK_TIMEOUT: 'Database is busy',
  LOCK_COMPROMISED: 'Lock lost',
  LOCK_UNUSABLE: 'Lock cannot be used',
  REDIS_UNREACHABLE: 'Redis cannot be reached',
  REDIS_AUTH: 'Redis refuses the password',
  REDIS: 'Redis lock cannot be used',
  DATABASE_MISSING: 'File not found',
  DATABASE_EMPTY: 'File is empty',
  DATABASE_ACCESS: 'No permission',
  DATABASE_CORRUPT: 'File is damaged',
  NOT_A_FILE: 'Not a file',
  NOT_A_DATABASE: 'Not a SQLite database',
  NETWORK_MOUNT: 'Network mount',
  SNAPSHOT: 'No snapshot',
  SCHEMA: 'Not a known occupancy database',
  READ_ONLY: 'Read-only',
  INVALID_DATA: 'Invalid value',
  DISK_FULL: 'Disk full',
  PLAN_LOST: 'Preview out of date',
  EXPORT: 'File cannot be written',
  TARGET_EXISTS: 'File is there already',
  RECORDER: 'Recorder cannot be read',
  HOME_ASSISTANT: 'Home Assistant cannot be reached',
  HOME_ASSISTANT_AUTH: 'Home Assistant refuses the token',
  PROCESS_ENDED: 'Database process ended',
  CANCELLED: 'Cancelled',
  UNEXPECTED: 'Unexpected fault',
};

function presentProblem({ code, message }: ProblemNode): Presentation {
  const title = problems[code];
  const row = leaf(title, 'error', 'problemsErrorIcon.foreground');
  // What no program has open can be read page by page.
  const abilities = code === 'DATABASE_CORRUPT' || code === 'NOT_A_DATABASE' ? ['canRecover'] : [];
  return { ...row, abilities, description: message, tooltip: [message], spoken: `${title}: ${message}` };
}
