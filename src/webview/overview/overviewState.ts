import type { Sorting } from './sortRows';

/** What is kept of an overview's page while it is hidden, or the window is closed. */
export interface OverviewState {
  readonly filter: string;
  /** By kind of table: all areas are sorted alike. */
  readonly sortings: Readonly<Record<string, Sorting>>;
  /** Areas whose entities are all read. */
  readonly all: readonly string[];
  /** Pixels. */
  readonly scroll: number;
}

/** The state that was kept; what is missing, or not of this release, is at its default. */
export function readState({ filter, sortings, all, scroll }: Partial<OverviewState>): OverviewState {
  return {
    filter: typeof filter === 'string' ? filter : '',
    sortings: Object.fromEntries(Object.entries(sortings ?? {}).filter(([, kept]) => isSorting(kept))),
    all: Array.isArray(all) ? all.filter((area) => typeof area === 'string') : [],
    scroll: typeof scroll === 'number' ? scroll : 0,
  };
}

function isSorting(kept: unknown): kept is Sorting {
  return typeof kept === 'object' && kept !== null && 'column' in kept && Number.isInteger(kept.column) && 'descending' in kept;
}
