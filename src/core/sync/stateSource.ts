/** One state of an entity as Home Assistant's history tells it. */
export interface StateChange {
  /** null where the recorder has none. */
  readonly state: string | null;
  /** When it came about, µs since the epoch, a whole number; a state already in force at the start counts as changed at the start. */
  readonly at: number;
  /** The attribute `unit_of_measurement`; null where there is none, or where nobody asked for it. */
  readonly unit: string | null;
}

/** States of one entity that follow each other in time. */
export interface StateBatch {
  readonly entityId: string;
  readonly changes: readonly StateChange[];
}

export interface HistoryRequest {
  readonly entityIds: readonly string[];
  /** µs since the epoch: the state in force then, and every change after it … */
  readonly start: number;
  /** … and before this, µs since the epoch. */
  readonly end: number;
  /** The entities whose unit is wanted; looking it up costs time. */
  readonly withUnit: ReadonlySet<string>;
}

/** How far a reading has come. */
export interface ReadingProgress {
  /** States read so far. */
  readonly states: number;
  /** 0–1. */
  readonly fraction: number;
}

/**
 * Where states come from: what Home Assistant's `get_significant_states` answers, in pieces, so that no history need fit in
 * memory. Batches of one entity come in order of time; those of several entities may alternate.
 */
export interface StateSource {
  /** What the user knows it by, such as a path or an address; never a secret. */
  readonly title: string;
  /**
   * Yields to the event loop between pieces. Throws RecorderError or HomeAssistantError, which say what to do, and
   * CancelledError when `signal` aborts; lets go of everything it opened however the reading ends.
   */
  read(request: HistoryRequest, options?: ReadOptions): AsyncIterable<StateBatch>;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined;
}
