import type { IntervalDay } from '../model';
import type { SqlReader } from '../ports/sql';
import type { IntervalDayQuery } from './occupancyReader';
import type { MatchSource } from './intervalSources';
import { capped, dayBounds, dayOf, firstBound } from './intervalDays';
import { requireCount, timeBound } from './timeBounds';

/** Statements that one step makes: about 10 ms. */
const STEP_STATEMENTS = 100;
/** Counts that find nothing, a wanted day, before the search rests: where no index knows of states, a search could last for minutes. */
const FRUITLESS = 130;

interface Head {
  readonly source: MatchSource;
  /** Its newest start before the bound; null when there is none, undefined when that is not known. */
  newest: string | null | undefined;
}

/** The local days that a filter leaves, newest first, found by seeks and counted one by one, in short steps. */
export class FilteredDays {
  readonly days: IntervalDay[] = [];
  readonly #reader: SqlReader;
  readonly #query: IntervalDayQuery;
  readonly #heads: readonly Head[];
  #bound: string;
  #fruitless: number;
  #day: Counting | null = null;

  constructor(reader: SqlReader, sources: readonly MatchSource[], query: IntervalDayQuery) {
    this.#reader = reader;
    this.#query = query;
    requireCount(query.countLimit, 'countLimit');
    this.#fruitless = requireCount(query.limit, 'limit') * FRUITLESS;
    this.#bound = firstBound(query);
    this.#heads = sources.map((source) => ({ source, newest: undefined }));
  }

  /** @returns whether the search is over; a step that throws can be made again */
  step(): boolean {
    for (let left = STEP_STATEMENTS; left > 0;) {
      if (this.#day) left -= this.#count(this.#day, left);
      else {
        left -= this.#seek(left);
        if (left > 0 && !this.#beginDay()) return true;
      }
      if (this.#isOver) return true;
    }
    return false;
  }

  get #isOver(): boolean {
    return this.days.length >= this.#query.limit || this.days.at(-1)?.count.count === 0;
  }

  /** Finds the newest start of every source where it is not known, as far as `most` statements go. @returns those made, at least one */
  #seek(most: number): number {
    let made = 0;
    for (const head of this.#heads) {
      if (head.newest !== undefined) continue;
      if (made >= most) return made;
      const parameters = { ...head.source.parameters, before: this.#bound };
      head.newest = this.#reader.get(head.source.newestBefore, parameters)?.newest ?? null;
      made += 1;
    }
    return made;
  }

  /** @returns whether there is a day before the bound */
  #beginDay(): boolean {
    const newest = this.#heads.reduce<string | null>(
      (most, { newest: one }) => (one && (!most || one > most) ? one : most),
      null,
    );
    if (newest === null) return false;
    const day = dayOf(newest, this.#query.timeZone);
    if (day === null) this.#moveTo(newest);
    else {
      const { from, to } = dayBounds(day, this.#query.timeZone);
      const within = this.#heads.filter(({ newest: one }) => one && one >= timeBound(from, 'from'));
      this.#day = { day, from, to, left: within.map(({ source }) => source), count: 0 };
    }
    return true;
  }

  /** Counts what of a day's sources was not counted yet, as far as `most` statements go. @returns those made */
  #count(day: Counting, most: number): number {
    const { countLimit } = this.#query;
    const bounds = { from: timeBound(day.from, 'from'), to: timeBound(day.to, 'to') };
    let made = 0;
    for (let source = day.left.at(-1); source && made < most && day.count <= countLimit; source = day.left.at(-1)) {
      const limit = countLimit + 1 - day.count;
      const found = this.#reader.get(source.count, { ...source.parameters, ...bounds, limit })?.count ?? 0;
      day.left.pop();
      day.count += found;
      made += 1;
      if (found === 0) this.#fruitless -= 1;
    }
    if (day.left.length === 0 || day.count > countLimit) this.#endDay(day);
    return Math.max(1, made);
  }

  #endDay({ day, from, to, count }: Counting): void {
    // A day of no intervals says how far the search went.
    if (count > 0 || this.#fruitless <= 0) this.days.push({ day, from, to, count: capped(count, this.#query.countLimit) });
    this.#day = null;
    this.#moveTo(timeBound(from, 'from'));
  }

  /** Goes back to before a time: what is older than that is still known. */
  #moveTo(bound: string): void {
    this.#bound = bound;
    for (const head of this.#heads) if (head.newest && head.newest >= bound) head.newest = undefined;
  }
}

interface Counting {
  readonly day: string;
  readonly from: string;
  readonly to: string;
  /** Sources that are still to be counted. */
  readonly left: MatchSource[];
  count: number;
}
