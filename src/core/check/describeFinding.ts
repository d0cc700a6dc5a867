import type { Format } from '../format';
import type { RetentionKind } from '../overview/overviewFacts';
import type { Finding, FindingRow, IntervalFacts, Rule } from './finding';

/** What a finding says, in words. */
export interface FindingText {
  /** With its number: `12 intervals end before they begin`. */
  readonly title: string;
  /** What that means and where it may come from. */
  readonly explanation: string;
  /** What can be done. */
  readonly nextStep: string;
}

interface RuleText {
  /** For one, and for several after their number. */
  readonly title: readonly [one: string, many: string];
  readonly explanation: string;
  readonly nextStep: string;
}

const RESTORE =
  'Recover Database copies what can be read into a new file; Area Occupancy Detection restores its own copy, area_occupancy.db.backup, by itself when Home Assistant starts.';
const NOTHING_TO_DO =
  'Nothing needs to be done: Area Occupancy Detection removes such intervals with the others when they are old.';

const texts: Readonly<Record<Rule, RuleText>> = {
  damaged: {
    title: ['SQLite finds the file damaged', 'SQLite finds the file damaged, in # places'],
    explanation:
      'Pages, rows or indexes of the file are not as SQLite wrote them. A failing disk, a copy made while it was written, or a power cut may be the cause.',
    nextStep: RESTORE,
  },
  unchecked: {
    title: ['1 part could not be checked', '# parts could not be checked'],
    explanation: 'The file is damaged where this would have been read.',
    nextStep: RESTORE,
  },
  orphans: {
    title: ['1 row belongs to what is not there', '# rows belong to what is not there'],
    explanation:
      'They name an area or an entity that the database does not have: it was renamed or removed in the configuration, and its rows stayed.',
    nextStep: 'They are of no effect. Area Occupancy Detection removes most of them itself when it tidies up.',
  },
  orphanIntervals: {
    title: ['1 interval is of an entity that is not there', '# intervals are of entities that are not there'],
    explanation: 'The entity was renamed in Home Assistant or taken out of its area; its history stayed under the old name.',
    nextStep: 'If it was renamed, name it so again, or let the history go: it is removed when it is old.',
  },
  duplicates: {
    title: ['1 interval is there twice', '# intervals are there twice'],
    explanation:
      'Same entity, same times: what is learned counts them twice. The database has an index that forbids this, so it is missing or damaged.',
    nextStep: RESTORE,
  },
  conflicts: {
    title: ['1 interval has its entity in two states at once', '# intervals have their entity in two states at once'],
    explanation:
      'It overlaps an earlier interval of another state by more than the minute that the recorder may be late. A clock that was set back, or two programs that write the same history, make such rows.',
    nextStep: NOTHING_TO_DO,
  },
  overlaps: {
    title: ['1 interval counts the same time again', '# intervals count the same time again'],
    explanation: 'It overlaps an earlier interval of the same state by more than the hour that each sync reads again.',
    nextStep: NOTHING_TO_DO,
  },
  negativeDurations: {
    title: ['1 interval ends before it begins', '# intervals end before they begin'],
    explanation: 'Its end is before its start, or its duration is below zero. The clock was set back while the state lasted.',
    nextStep: NOTHING_TO_DO,
  },
  impossibleDurations: {
    title: ['1 interval has an impossible duration', '# intervals have an impossible duration'],
    explanation:
      'The duration is not the difference of start and end, or the state was “on” for more than 13 hours, which Area Occupancy Detection does not keep.',
    nextStep: NOTHING_TO_DO,
  },
  badTimes: {
    title: ['1 interval has a time that is none', '# intervals have a time that is none'],
    explanation: 'Its start or end cannot be read as a time. Area Occupancy Detection may fail on such a row.',
    nextStep: RESTORE,
  },
  future: {
    title: ['1 interval is in the future', '# intervals are in the future'],
    explanation:
      'It starts or ends later than now. The clock of Home Assistant was ahead when it was written, or this computer’s is behind.',
    nextStep: 'Check the clocks. A sync begins at the newest end, so it finds nothing new until that has come.',
  },
  clockSetBack: {
    title: ['1 interval was written after the clock was set back', '# intervals were written after the clock was set back'],
    explanation: 'By when they were written, they came an hour or more before others that were there already.',
    nextStep: 'Check the clock of the computer that runs Home Assistant, and whether it has a battery or asks a time server.',
  },
  stuck: {
    title: ['1 sensor seems to be stuck', '# sensors seem to be stuck'],
    explanation:
      'It was in one state for longer than it can be: a motion sensor that sees somebody for a day, a reading that does not move for a week.',
    nextStep: 'Look at the sensor and its battery; what is learned in the meantime is wrong.',
  },
  silent: {
    title: ['1 sensor is silent', '# sensors are silent'],
    explanation:
      'Nothing was heard of it for more than a week, while others went on: it is unavailable, was removed, or has been “on” for more than 13 hours, which is not kept.',
    nextStep: 'Look at it in Home Assistant, or take it out of its area.',
  },
  retention: {
    title: ['1 row is kept for too long', '# rows are kept for too long'],
    explanation:
      'Area Occupancy Detection sums up or removes old rows each time it analyses. That they are still there says that Home Assistant is not running, or that its analysis fails.',
    nextStep: 'Look at Home Assistant’s log for errors of area_occupancy.',
  },
  missingPriors: {
    title: ['1 area has learned nothing', '# areas have learned nothing'],
    explanation:
      'There is history of several days, and yet no learned prior for any hour of the week: the analysis fails, or the area has no sensor that says when it is occupied.',
    nextStep: 'Check that the area has a motion sensor, and Home Assistant’s log for errors of area_occupancy.',
  },
  outOfBounds: {
    title: ['1 value is out of bounds', '# values are out of bounds'],
    explanation: 'Weights and likelihoods are between 0.01 and 0.99, thresholds and priors between 0 and 1.',
    nextStep: 'Set it anew in Home Assistant.',
  },
  walSize: {
    title: ['The write-ahead log is large', 'The write-ahead log is large'],
    explanation:
      'SQLite begins it anew at 4 MB, unless a reader keeps it from doing so; after a large sync it may keep its size. The rows in it are not lost.',
    nextStep: 'Close other programs that have the database open. It is removed when Home Assistant stops.',
  },
  oldBackup: {
    title: ['The copy beside the database is old', 'The copy beside the database is old'],
    explanation:
      'Area Occupancy Detection copies its database once a day, and restores that copy when the database is damaged. This one was left over: what came after it would be lost.',
    nextStep: 'Check Home Assistant’s log for errors of area_occupancy, and run Back Up Database.',
  },
};

export function describeFinding({ rule, count }: Finding, format: Format): FindingText {
  const { title, explanation, nextStep } = texts[rule];
  const isOne = count.count === 1 && !count.capped;
  return { title: isOne ? title[0] : title[1].replace('#', format.count(count)), explanation, nextStep };
}

/** A row of a finding: what it is, and what is wrong with it. */
export interface FindingRowText {
  readonly label: string;
  readonly detail: string;
}

const kinds: Readonly<Record<RetentionKind, string>> = {
  raw: 'Raw intervals',
  daily: 'Daily sums',
  weekly: 'Weekly sums',
  monthly: 'Monthly sums',
  samples: 'Numeric samples',
};

export function describeFindingRow(row: FindingRow, format: Format): FindingRowText {
  switch (row.kind) {
    case 'text':
      return { label: row.text, detail: '' };
    case 'orphans':
      return { label: row.name, detail: `${row.table}, ${format.count(row.rows)} ${row.rows.count === 1 ? 'row' : 'rows'}` };
    case 'overdue': {
      const many = row.rows ? `${format.count(row.rows)} of them, ` : '';
      return {
        label: kinds[row.what],
        detail: `${many}oldest ${format.moment(row.oldest)}, kept for ${format.number(row.keptDays)} days`,
      };
    }
    case 'area':
    case 'entity': {
      const label = row.kind === 'area' ? row.areaName : row.entityId;
      return { label, detail: row.value ? `${row.value.field} is ${String(row.value.value)}` : '' };
    }
    case 'entityTime':
      return { label: row.entityId, detail: describeTime(row, format) };
    case 'interval': {
      const other = row.other ? `; overlaps ${describeInterval(row.other, format)}` : '';
      return { label: row.interval.entityId, detail: `${describeInterval(row.interval, format)}${other}` };
    }
    case 'written': {
      const detail = `written ${format.moment(row.at)}, after one of ${format.moment(row.before)}`;
      return { label: row.interval.entityId, detail };
    }
    case 'file': {
      const written = row.written === null ? '' : `, written ${format.momentOf(row.written)}`;
      return { label: row.name, detail: `${format.fileSize(row.bytes)}${written}` };
    }
  }
}

function describeTime({ state, from, to }: FindingRow & { kind: 'entityTime' }, format: Format): string {
  if (state !== null) return `${state} from ${from === null ? '?' : format.moment(from)} to ${format.moment(to)}`;
  return from === null ? 'never heard of' : `last heard of ${format.moment(from)}`;
}

/** `on, 20 Nov 2026, 10:00:00 to 10:05:00, 300 s` */
function describeInterval({ state, startTime, endTime, durationSeconds }: IntervalFacts, format: Format): string {
  return `${state}, ${format.moment(startTime)} to ${format.moment(endTime)}, ${format.number(durationSeconds)} s`;
}
