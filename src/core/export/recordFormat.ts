/** A value as files have it. */
export type Value = string | number | boolean | null | readonly string[];

/** How records become text: the head, every record in order, the tail. */
export interface RecordFormat {
  readonly head: string;
  /** @param count records that were written */
  tail(count: number): string;
  /** @param values one a column */
  record(values: readonly Value[], index: number): string;
}
