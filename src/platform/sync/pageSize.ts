/** What reading a page should take, ms: the process answers others in between. */
const AIM = 8;
const LEAST = 50;
/** More would outlive the young generation that the database process has, and be collected at many times the cost. */
const MOST = 1000;

/** How many rows to read at a time: on a slow disk each row may cost a seek, from memory a microsecond. */
export class PageSize {
  #rows = 500;

  get rows(): number {
    return this.#rows;
  }

  /** Learns from a full page. */
  took(milliseconds: number): void {
    const factor = Math.min(2, Math.max(0.25, AIM / Math.max(milliseconds, 0.1)));
    this.#rows = Math.round(Math.min(MOST, Math.max(LEAST, this.#rows * factor)));
  }
}
