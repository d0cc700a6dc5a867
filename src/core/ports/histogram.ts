/** A kept histogram: how often which values came, in little memory, each value to within 1 %. */
export interface Histogram {
  readonly count: number;
  /** 0 while it is empty, as the rest. */
  readonly min: number;
  readonly max: number;
  /** @param value a whole number, 0 or more */
  record(value: number): void;
  /** The value that `percent` % of the values do not exceed. @param percent above 0, up to 100 */
  valueAt(percent: number): number;
  reset(): void;
}

export type MakeHistogram = () => Histogram;
