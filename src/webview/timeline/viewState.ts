import { isWindow, type TimeWindow } from '../../core/timeline/timeWindow';

/** What is kept of a timeline while it is hidden, and over a reload. */
export interface ViewState {
  readonly window: TimeWindow;
  /** Pixels of CSS that are scrolled away. */
  readonly scroll: number;
  /** What the names of lanes are to contain. */
  readonly text: string;
  readonly hiddenTypes: readonly string[];
  readonly hiddenStates: readonly string[];
  /** Whether a table is shown in the place of the lanes. */
  readonly asTable: boolean;
  readonly cursor: LaneCursor | null;
}

/** The keyboard's cursor. */
export interface LaneCursor {
  /** Of the row: see rowKey. */
  readonly row: string;
  /** µs since the epoch */
  readonly at: number;
}

/** What is sound of what was kept, by whatever release. */
export function readViewState(kept: Partial<ViewState>, window: TimeWindow): ViewState {
  const { scroll, text, cursor } = kept;
  const isKept = typeof kept.window === 'object' && kept.window !== null && isWindow(kept.window);
  return {
    window: isKept ? { from: kept.window.from, to: kept.window.to } : window,
    scroll: typeof scroll === 'number' && scroll >= 0 ? scroll : 0,
    text: typeof text === 'string' ? text : '',
    hiddenTypes: texts(kept.hiddenTypes),
    hiddenStates: texts(kept.hiddenStates),
    asTable: kept.asTable === true,
    cursor: typeof cursor?.row === 'string' && Number.isSafeInteger(cursor.at) ? cursor : null,
  };
}

function texts(kept: unknown): string[] {
  return Array.isArray(kept) ? kept.filter((text): text is string => typeof text === 'string') : [];
}
