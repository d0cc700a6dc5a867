import type { DatabaseInfo } from '../database/databaseInfo';
import { OccupancyReads } from '../database/occupancyReads';
import type { OccupancySchema } from '../database/occupancySchema';
import { asOccupancyError, throwIfAborted } from '../errors';
import type { Area, Entity } from '../model';
import { checkRetention } from '../overview/retention';
import type { Clock } from '../ports/clock';
import type { SqlReader, SqlValue } from '../ports/sql';
import { type CheckQueries, checkQueries } from '../sql/checkQueries';
import type { CountRow } from '../sql/rows';
import type { SqlQuery } from '../sql/sqlQuery';
import { DAY_MS, utcMilliseconds, utcText } from '../time';
import type { CheckOptions, CheckProgress, CheckReport } from './checkReport';
import { checkFiles, type FileFacts } from './fileRules';
import { Findings } from './findings';
import { checkIndexes, checkPages } from './integrity';
import { intervalFacts, IntervalSweep } from './intervalSweep';
import { checkArea, checkEntity, checkSilence } from './valueRules';

/** Rows of one step: some ms. */
const STEP_ROWS = 1000;
/** Rows that are counted before a count says "10 000+". */
const COUNT_LIMIT = 10_000;
const MOST_ROWS = 10;
/** Before every time, which are texts, and every id. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

const WHAT = 'The check';

export interface CheckParts {
  readonly schema: OccupancySchema;
  readonly info: DatabaseInfo;
  /** AOD's own copy beside the database. */
  readonly backup: FileFacts | null;
  /** Each call is a read transaction of its own, with room for others before the next. */
  readonly read: <T>(query: (reader: SqlReader) => T) => Promise<T>;
  readonly clock: Clock;
}

/**
 * Checks a database in short reads: the file by SQLite's own checks, then what AOD keeps in it. What is so damaged that it cannot
 * be read is a finding as well. Throws what reading throws otherwise, and CancelledError.
 */
export async function checkDatabase(parts: CheckParts, options: CheckOptions = {}): Promise<CheckReport> {
  const startedAt = parts.clock.now();
  const since = parts.clock.monotonic();
  const check = new Check(parts, options, startedAt);
  const intervals = await check.run();
  const milliseconds = parts.clock.monotonic() - since;
  return { info: parts.info, startedAt, milliseconds, intervals, findings: check.findings.all };
}

class Check {
  readonly findings = new Findings();
  readonly #parts: CheckParts;
  readonly #options: CheckOptions;
  /** ms since the epoch */
  readonly #now: number;
  readonly #queries: CheckQueries;

  constructor(parts: CheckParts, options: CheckOptions, now: number) {
    this.#parts = parts;
    this.#options = options;
    this.#now = now;
    this.#queries = checkQueries(parts.schema.generation, parts.schema.tables);
  }

  /** @returns how many intervals there were */
  async run(): Promise<number> {
    const { info, backup } = this.#parts;
    checkFiles(info, backup, this.findings);
    await this.#attempt('the pages of the file', () => this.#pages());
    // What is wrong with pages is wrong with indexes too, and would be said a second time.
    if (!this.findings.has('damaged')) await this.#attempt('the indexes', () => this.#indexes());
    this.#report('tables', null);
    await this.#attempt('the references between tables', () => this.#references());
    await this.#attempt('the retention', () => this.#retention());
    await this.#attempt('the values of areas and entities', () => this.#values());
    await this.#attempt('when intervals were written', () => this.#written());
    return (await this.#attempt('the intervals', () => this.#intervals())) ?? 0;
  }

  async #pages(): Promise<void> {
    this.#report('pages', null);
    await this.#read((reader) => checkPages(reader, this.findings));
  }

  async #indexes(): Promise<void> {
    const tables = [...this.#parts.schema.tables.keys()].filter((table) => !table.startsWith('sqlite_'));
    for (const [index, table] of tables.entries()) {
      const step = await this.#read((reader) => checkIndexes(reader, table, this.findings));
      for (let done = 0; done < 1;) {
        this.#report('indexes', (index + done) / tables.length);
        done = await this.#read(step);
      }
    }
  }

  async #references(): Promise<void> {
    const [areas, entities] = [await this.#areas(), await this.#entities()];
    const known = {
      areas: new Set(areas.map(({ areaName }) => areaName)),
      entries: new Set(areas.map(({ entryId }) => entryId)),
      entities: new Set(entities.map(({ entityId }) => entityId)),
    };
    for (const { table, to, next, count } of this.#queries.references) {
      for await (const name of this.#names(next)) {
        if (known[to].has(name)) continue;
        const rows = await this.#count(count, { name });
        this.findings.add('orphans', { kind: 'orphans', table, name, rows }, rows.count, rows.capped);
      }
    }
  }

  async #retention(): Promise<void> {
    const { schema } = this.#parts;
    const oldest = await this.#read((reader) => this.#reads(reader).overview.oldest());
    for (const { kind, keptDays, oldest: start, overSince } of oldest.map((row) =>
      checkRetention(row, schema.generation, this.#now),
    )) {
      if (overSince === null || start === null) continue;
      const query = kind === 'raw' ? this.#queries.overdueIntervals : kind === 'samples' ? this.#queries.overdueSamples : null;
      const rows = query && (await this.#count(query, { before: utcText(this.#now - keptDays * DAY_MS) }));
      this.findings.add(
        'retention',
        { kind: 'overdue', what: kind, keptDays, oldest: start, rows },
        rows?.count ?? 1,
        rows?.capped,
      );
    }
  }

  async #values(): Promise<void> {
    const [areas, entities] = [await this.#areas(), await this.#entities()];
    for (const entity of entities) checkEntity(entity, this.findings);
    const history = await this.#read((reader) => {
      const { overview } = this.#reads(reader);
      const oldest = overview.oldest().find(({ kind }) => kind === 'raw')?.start ?? null;
      const newest = overview.newestInterval();
      return oldest === null || newest === null ? 0 : utcMilliseconds(newest) - utcMilliseconds(oldest);
    });
    for (const area of areas) {
      const priors = await this.#read((reader) => this.#reads(reader).priors(area.areaName));
      checkArea(
        area,
        priors,
        history,
        entities.some(({ areaName }) => areaName === area.areaName),
        this.findings,
      );
    }
  }

  /** When rows were written goes up with their ids, unless the clock went back. */
  async #written(): Promise<void> {
    const { written, writtenBack } = this.#queries;
    if (!written || !writtenBack) return;
    let [after, seen] = [BEFORE_ALL, ''];
    for (;;) {
      const bounds = { after, seen, limit: STEP_ROWS * 5 };
      const step = await this.#read((reader) => reader.get(written, bounds));
      if (step?.last === null || step?.last === undefined) return;
      if (step.back) {
        const rows = await this.#read((reader) => reader.all(writtenBack, { ...bounds, most: MOST_ROWS }));
        for (const [index, row] of rows.entries()) {
          const interval = intervalFacts(row.entity_id, row);
          const others = index === rows.length - 1 ? step.back - index : 1;
          this.findings.add('clockSetBack', { kind: 'written', interval, at: row.created_at, before: row.seen }, others);
        }
      }
      after = step.last;
      if (step.newest !== null && step.newest > seen) seen = step.newest;
    }
  }

  async #intervals(): Promise<number> {
    const known = new Map((await this.#entities()).map((entity) => [entity.entityId, entity]));
    const newest = await this.#read((reader) => this.#reads(reader).overview.newestInterval());
    const silent = new Map(known);
    let [count, swept] = [0, 0];
    for await (const entityId of this.#names(this.#queries.intervalEntities)) {
      this.#report('intervals', Math.min(swept / Math.max(known.size, 1), 1));
      const sweep = await this.#sweep(entityId, known.get(entityId)?.entityType);
      const entity = known.get(entityId);
      if (entity && newest !== null) checkSilence(entity, sweep.latestEnd, newest, this.findings);
      if (!entity) {
        const rows = { count: sweep.count, capped: false };
        this.findings.add('orphanIntervals', { kind: 'orphans', table: 'intervals', name: entityId, rows }, sweep.count);
      }
      silent.delete(entityId);
      count += sweep.count;
      swept += 1;
    }
    if (newest !== null) for (const entity of silent.values()) checkSilence(entity, null, newest, this.findings);
    return count;
  }

  async #sweep(entity: string, entityType: string | undefined): Promise<IntervalSweep> {
    const sweep = new IntervalSweep({ entityId: entity, entityType }, this.findings, this.#now * 1000);
    let key: { start: SqlValue; end: SqlValue; id: number } = { start: BEFORE_ALL, end: BEFORE_ALL, id: BEFORE_ALL };
    for (;;) {
      const rows = await this.#read((reader) => reader.all(this.#queries.intervals, { entity, ...key, limit: STEP_ROWS }));
      for (const row of rows) sweep.add(row);
      const last = rows.at(-1);
      if (!last || rows.length < STEP_ROWS) break;
      key = { start: last.start_time, end: last.end_time, id: last.id };
    }
    sweep.end();
    return sweep;
  }

  async *#names(next: CheckQueries['intervalEntities']): AsyncGenerator<string> {
    for (let after = ''; ;) {
      const name: string | null = (await this.#read((reader) => reader.get(next, { after })))?.next ?? null;
      if (name === null) return;
      yield name;
      after = name;
    }
  }

  async #count(query: SqlQuery<CountRow>, parameters: Record<string, string>): Promise<{ count: number; capped: boolean }> {
    const { count } = (await this.#read((reader) => reader.get(query, { ...parameters, limit: COUNT_LIMIT + 1 }))) ?? {
      count: 0,
    };
    return { count: Math.min(count, COUNT_LIMIT), capped: count > COUNT_LIMIT };
  }

  #areas(): Promise<readonly Area[]> {
    return this.#read((reader) => this.#reads(reader).areas());
  }

  /** One that several areas share is there for each of them. */
  #entities(): Promise<readonly Entity[]> {
    return this.#read((reader) => this.#reads(reader).entities());
  }

  #reads(reader: SqlReader): OccupancyReads {
    return new OccupancyReads(reader, this.#parts.schema);
  }

  async #read<T>(query: (reader: SqlReader) => T): Promise<T> {
    throwIfAborted(this.#options.signal, WHAT);
    return this.#parts.read(query);
  }

  /** What a damaged page keeps from being read is said, and the rest is checked all the same. */
  async #attempt<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      const { code, message } = asOccupancyError(error);
      if (code !== 'DATABASE_CORRUPT') throw error;
      if (!this.findings.has('damaged')) this.findings.add('damaged', { kind: 'text', text: message });
      this.findings.add('unchecked', { kind: 'text', text: what });
      return undefined;
    }
  }

  #report(stage: CheckProgress['stage'], fraction: number | null): void {
    if (!this.#options.signal?.aborted) this.#options.onProgress?.({ stage, fraction });
  }
}
