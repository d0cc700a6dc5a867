import { compareText } from '../compareText';
import { isActive } from '../activeStates';
import type { FriendlyNames } from '../friendlyNames';
import type { Entity } from '../model';
import { areaNodes } from './areaRows';
import { databaseOf, emptyNode, notices, rootRows } from './databaseRows';
import { entityNode } from './entityRows';
import type { DayNode, IntervalNode, TreeNode } from './nodes';
import type { OpenDatabase } from './openDatabase';
import { moreNode, type Pages } from './pages';
import type { TreeSource } from './treeSource';

export interface IntervalsOptions {
  readonly groupBy: 'area' | 'entity';
  /** Rows a page. */
  readonly pageSize: number;
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
    const [areas, entities, names] = await Promise.all([
      database.reader.getAreas(),
      database.reader.getEntities(),
      database.reader.getFriendlyNames(),
    ]);
    const rows =
      this.#options().groupBy === 'entity'
        ? distinctEntities(entities).map((entity) => entityNode(database.path, database.path, entity, names, true))
        : areaNodes(database.path, areas, entities);
    return [...notices(database), ...(rows.length > 0 ? rows : [emptyNode(database, database.path, 'areas')])];
  }

  async #days(database: OpenDatabase, parent: TreeNode, of: { area?: string; entity?: string }): Promise<readonly TreeNode[]> {
    const limit = DAYS_A_PAGE * this.#pages.of(parent.id);
    const query = { ...of, timeZone: this.#timeZone, limit: limit + 1, countLimit: COUNT_LIMIT };
    const days = await database.reader.getIntervalDays(query);
    if (days.length === 0) return [emptyNode(database, parent.id, 'intervals')];
    const rows = days.slice(0, limit).map((day): DayNode => ({
      kind: 'day',
      id: `${parent.id}/day/${day.day}`,
      database: database.path,
      day,
      areaName: of.area ?? null,
      entityId: of.entity ?? null,
    }));
    return days.length > limit ? [...rows, moreNode(database.path, parent.id, limit, null)] : rows;
  }

  async #intervals(database: OpenDatabase, node: DayNode): Promise<readonly TreeNode[]> {
    const limit = this.#options().pageSize * this.#pages.of(node.id);
    const { from, to, count } = node.day;
    const of = node.entityId === null ? { area: node.areaName ?? '' } : { entity: node.entityId };
    const [intervals, entities, names] = await Promise.all([
      database.reader.getIntervals({ ...of, from, to, limit: limit + 1 }),
      database.reader.getEntities(),
      database.reader.getFriendlyNames(),
    ]);
    const types = new Map(entities.map(({ entityId, entityType }) => [entityId, entityType]));
    const rows = intervals.slice(0, limit).map((interval) => intervalNode(node, interval, types, names));
    return intervals.length > limit ? [...rows, moreNode(database.path, node.id, limit, count)] : rows;
  }
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
