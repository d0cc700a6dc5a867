import { compareText } from '../compareText';
import { isActive } from '../activeStates';
import type { FriendlyNames } from '../friendlyNames';
import type { Entity } from '../model';
import { areaNodes } from './areaRows';
import { databaseOf, emptyNode, notices, rootRows } from './databaseRows';
import { entityNode } from './entityRows';
import { intervalFilter, isEverything, shownEntities, type IntervalsFilter } from './intervalsFilter';
import type { DayNode, IntervalNode, TreeNode } from './nodes';
import type { OpenDatabase } from './openDatabase';
import { moreNode, type Pages } from './pages';
import type { TreeSource } from './treeSource';

export interface IntervalsOptions {
  readonly groupBy: 'area' | 'entity';
  /** Rows a page. */
  readonly pageSize: number;
  readonly filter: IntervalsFilter;
}

const DAYS_A_PAGE = 31;
/** Counting stops here, and the row says `10 000+`. */
const COUNT_LIMIT = 10_000;

/** Intervals view: (database →) area or entity → day → intervals, newest first, in pages. */
export class IntervalsTree implements TreeSource {
  readonly #databases: () => readonly OpenDatabase[];
  readonly #options: () => IntervalsOptions;
  readonly #timeZone: string;
  readonly #pages: Pages;

  /** @param timeZone IANA name; days are calendar days there */
  constructor(databases: () => readonly OpenDatabase[], options: () => IntervalsOptions, pages: Pages, timeZone: string) {
    this.#databases = databases;
    this.#options = options;
    this.#pages = pages;
    this.#timeZone = timeZone;
  }

  async children(node: TreeNode | undefined): Promise<readonly TreeNode[]> {
    if (!node) return rootRows(this.#databases(), (database) => this.#groups(database));
    const database = databaseOf(this.#databases(), node);
    if (!database) return [];
    if (node.kind === 'database') return this.#groups(database);
    if (node.kind === 'area') return this.#days(database, node, { area: node.area.areaName });
    if (node.kind === 'entity') return this.#days(database, node, { entity: node.entity.entityId });
    if (node.kind === 'day') return this.#intervals(database, node);
    return [];
  }

  async #groups(database: OpenDatabase): Promise<readonly TreeNode[]> {
    const { groupBy, filter } = this.#options();
    const [areas, { all, shown, names }] = await Promise.all([database.reader.getAreas(), this.#entities(database)]);
    const rows =
      groupBy === 'entity'
        ? distinctEntities(shown).map((entity) => entityNode(database.path, database.path, entity, names, true))
        : areaNodes(database.path, areas, shown).filter(({ entityCount }) => shown === all || entityCount > 0);
    const nothing = isEverything(filter) ? 'areas' : 'filtered';
    return [...notices(database), ...(rows.length > 0 ? rows : [emptyNode(database, database.path, nothing)])];
  }

  async #days(database: OpenDatabase, parent: TreeNode, of: IntervalsOf): Promise<readonly TreeNode[]> {
    const limit = DAYS_A_PAGE * this.#pages.of(parent.id);
    const filter = intervalFilter(this.#options().filter, await this.#shownOf(database, of));
    const query = { ...of, ...(filter && { filter }), timeZone: this.#timeZone, limit: limit + 1, countLimit: COUNT_LIMIT };
    const days = await database.reader.getIntervalDays(query);
    const found = days.filter(({ count }) => count.count > 0);
    const rows = found.slice(0, limit).map((day): DayNode => ({
      kind: 'day',
      id: `${parent.id}/day/${day.day}`,
      database: database.path,
      day,
      areaName: of.area ?? null,
      entityId: of.entity ?? null,
    }));
    const nothing = rows.length === 0 ? [emptyNode(database, parent.id, filter ? 'unmatched' : 'intervals')] : [];
    const searchedTo = days.at(-1)?.count.count === 0 ? (days.at(-1)?.day ?? null) : null;
    if (searchedTo === null && days.length <= limit) return [...nothing, ...rows];
    return [...nothing, ...rows, { ...moreNode(database.path, parent.id, rows.length, null), searchedTo }];
  }

  async #intervals(database: OpenDatabase, node: DayNode): Promise<readonly TreeNode[]> {
    const limit = this.#options().pageSize * this.#pages.of(node.id);
    const { from, to, count } = node.day;
    const of = node.entityId === null ? { area: node.areaName ?? '' } : { entity: node.entityId };
    const { all, shown, names } = await this.#entities(database);
    const filter = intervalFilter(this.#options().filter, within(shown, of));
    const intervals = await database.reader.getIntervals({ ...of, ...(filter && { filter }), from, to, limit: limit + 1 });
    const types = new Map(all.map(({ entityId, entityType }) => [entityId, entityType]));
    const rows = intervals.slice(0, limit).map((interval) => intervalNode(node, interval, types, names));
    return intervals.length > limit ? [...rows, moreNode(database.path, node.id, limit, count)] : rows;
  }

  /** The entities that the filter is about; without one that narrows them, they need not be read. */
  async #shownOf(database: OpenDatabase, of: IntervalsOf): Promise<readonly Entity[]> {
    if (intervalFilter(this.#options().filter, [])?.entities === undefined) return [];
    return within((await this.#entities(database)).shown, of);
  }

  /** All entities, and those whose intervals are shown: the very same list where the filter narrows none. */
  async #entities({ reader }: OpenDatabase): Promise<{ all: readonly Entity[]; shown: readonly Entity[]; names: FriendlyNames }> {
    const [all, names] = await Promise.all([reader.getEntities(), reader.getFriendlyNames()]);
    return { all, shown: shownEntities(this.#options().filter, all, names), names };
  }
}

interface IntervalsOf {
  readonly area?: string;
  readonly entity?: string;
}

function within(entities: readonly Entity[], { area, entity }: IntervalsOf): readonly Entity[] {
  return entities.filter(({ areaName, entityId }) => (area ?? areaName) === areaName && (entity ?? entityId) === entityId);
}

/** A shared entity has a row per area; its intervals are the same. */
function distinctEntities(entities: readonly Entity[]): readonly Entity[] {
  const byId = new Map(entities.map((entity) => [entity.entityId, entity]));
  return [...byId.values()].toSorted((a, b) => compareText(a.entityId, b.entityId));
}

function intervalNode(
  parent: DayNode,
  interval: IntervalNode['interval'],
  types: ReadonlyMap<string, string>,
  names: FriendlyNames,
): IntervalNode {
  return {
    kind: 'interval',
    id: `${parent.id}/interval/${interval.id}`,
    database: parent.database,
    interval,
    friendlyName: names.entities.get(interval.entityId) ?? null,
    mixed: parent.entityId === null,
    active: isActive(types.get(interval.entityId) ?? 'unknown', interval.state),
  };
}
