import type { LaneRow } from '../../core/timeline/timelineRows';
import type { TimeWindow } from '../../core/timeline/timeWindow';
import type { LanesParams } from '../../core/timeline/timelineAnswers';
import type { TimelineRequests } from '../../protocol/timelineRequests';
import type { Link } from '../link';
import type { LaneStore } from './laneStore';
import type { ViewState } from './viewState';

/** What is seen, and so wanted. */
export interface Seen {
  readonly rows: readonly LaneRow[];
  readonly window: TimeWindow;
  /** µs of a column of pixels */
  readonly resolution: number;
}

/** ms without a move after which what is seen is asked for. */
const PAUSE = 80;

/** Lanes of one request. */
const MOST_LANES = 100;

/** Asks for what is seen and not known: one request at a time, and none while the view is being moved. */
export class LaneReader {
  readonly #link: Link<TimelineRequests, ViewState>;
  readonly #store: LaneStore;
  readonly #seen: () => Seen;
  readonly #answered: (error?: unknown) => void;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #running: { readonly params: LanesParams; readonly abort: AbortController } | undefined;

  /** @param answered called after each answer: something can be drawn that could not, or it failed */
  constructor(link: Link<TimelineRequests, ViewState>, store: LaneStore, seen: () => Seen, answered: (error?: unknown) => void) {
    this.#link = link;
    this.#store = store;
    this.#seen = seen;
    this.#answered = answered;
  }

  /** What is seen has changed. */
  moved(pause = PAUSE): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => void this.#read(), pause);
    const { window } = this.#seen();
    // What would be answered lies out of sight.
    if (this.#running && !meets(this.#running.params, window)) this.#running.abort.abort();
  }

  async #read(): Promise<void> {
    if (this.#running) return;
    const { rows, window, resolution } = this.#seen();
    const params = this.#store.wanted(rows.slice(0, MOST_LANES), window, resolution);
    if (!params) return;
    const { age } = this.#store;
    const abort = new AbortController();
    this.#running = { params, abort };
    try {
      this.#store.put(await this.#link.request('lanes', params, abort.signal), params, age);
      this.#answered();
    } catch (error) {
      if (!abort.signal.aborted) return this.#answered(error);
    } finally {
      this.#running = undefined;
    }
    // The view may have moved meanwhile.
    await this.#read();
  }
}

function meets(one: TimeWindow, other: TimeWindow): boolean {
  return one.from < other.to && other.from < one.to;
}
