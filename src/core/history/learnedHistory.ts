/** Rows of one table that an area learned, or that it learned from. */
export interface HistoryPart {
  readonly table: string;
  /** Id of the config entry, and name of the area. */
  readonly entryId: string;
  readonly areaName: string;
  /** Whose intervals they are; null where the table knows the area. */
  readonly entityId: string | null;
  readonly rows: number;
  /** The greatest row id among them: what Home Assistant adds later stays. */
  readonly through: number;
}

/** What of an area is deleted by AOD's own purge of its history: all it learned, and what it learned from. */
export interface LearnedHistory {
  readonly entryId: string;
  readonly areaName: string;
  /** In the order in which they are deleted; those without rows are left out. */
  readonly parts: readonly HistoryPart[];
  /** v2/v3: the learned prior in the area's own row, which is set back to what a new area has; null elsewhere. */
  readonly areaPrior: number | null;
  /** v2/v3: entities whose intervals stay, since another area learns from them too. */
  readonly shared: readonly string[];
}

export interface RemovedRows {
  readonly rows: number;
  /** Row id of the last one; null when there was none left. */
  readonly last: number | null;
}

/** What v2/v3 give a new area. */
export const NEW_AREA_PRIOR = 0.15;

/** What the tables hold, as a user calls it. */
const labels: Readonly<Record<string, readonly [one: string, many: string]>> = {
  intervals: ['interval', 'intervals'],
  numeric_samples: ['numeric sample', 'numeric samples'],
  interval_aggregates: ['interval aggregate', 'interval aggregates'],
  numeric_aggregates: ['numeric aggregate', 'numeric aggregates'],
  occupied_intervals_cache: ['cached occupied time', 'cached occupied times'],
  correlations: ['correlation', 'correlations'],
  area_transitions: ['transition to or from other areas', 'transitions to and from other areas'],
  priors: ['learned hour of the week', 'learned hours of the week'],
  global_priors: ['learned prior of the area', 'learned priors of the area'],
};

export function rowsOf({ parts }: Pick<LearnedHistory, 'parts'>): number {
  return parts.reduce((sum, { rows }) => sum + rows, 0);
}

export function isEmptyHistory(history: LearnedHistory): boolean {
  return rowsOf(history) === 0 && (history.areaPrior ?? NEW_AREA_PRIOR) === NEW_AREA_PRIOR;
}

/** `12,345 intervals`, one text for each table. @param number writes a count */
export function describeHistory({ parts, areaPrior }: LearnedHistory, number: (value: number) => string): string[] {
  const rows = new Map<string, number>();
  for (const part of parts) rows.set(part.table, (rows.get(part.table) ?? 0) + part.rows);
  const counts = [...rows].map(([table, count]) => {
    const [one, many] = labels[table] ?? [`row of ${table}`, `rows of ${table}`];
    return `${number(count)} ${count === 1 ? one : many}`;
  });
  return areaPrior === null ? counts : [...counts, 'the learned prior of the area'];
}

/**
 * What a deletion leaves, and what Home Assistant does then. By AOD's code: its action purge_area_history (2026) deletes the same
 * rows and loads them anew; without it, what is in memory stays until the next analysis, which comes each hour, or a restart.
 */
export function consequenceOfDeletion({ shared }: Pick<LearnedHistory, 'shared'>): readonly string[] {
  return [
    'The area, its entities, their weights and likelihoods stay.',
    ...(shared.length > 0 ? [`So do the intervals of ${shared.join(', ')}, which another area learns from too.`] : []),
    'Home Assistant goes on with what it has in memory until its next hourly analysis or a restart, and learns anew from what comes then. In releases that have it, its own action area_occupancy.purge_area_history does the same, and forgets at once.',
  ];
}
