import type { FriendlyNames } from '../friendlyNames';
import type { Entity, EntityFilter } from '../model';
import { areaNodes } from './areaRows';
import { databaseOf, emptyNode, notices, rootRows } from './databaseRows';
import { entityNode, matchesFilter } from './entityRows';
import type { AreaNode, EntityTypeNode, TreeNode } from './nodes';
import type { OpenDatabase } from './openDatabase';
import { rowId } from './rowId';
import type { TreeSource } from './treeSource';

export interface EntitiesOptions {
  readonly groupBy: 'area' | 'type';
  /** Only entities whose id, name, type or area contains this; empty for all. */
  readonly filter: string;
}

/** Entities view: (database →) area or type → entity, narrowed by a text. */
export class EntitiesTree implements TreeSource {
  readonly #databases: () => readonly OpenDatabase[];
  readonly #options: () => EntitiesOptions;

  constructor(databases: () => readonly OpenDatabase[], options: () => EntitiesOptions) {
    this.#databases = databases;
    this.#options = options;
  }

  async children(node: TreeNode | undefined): Promise<readonly TreeNode[]> {
    if (!node) return rootRows(this.#databases(), (database) => this.#groups(database));
    const database = databaseOf(this.#databases(), node);
    if (!database) return [];
    if (node.kind === 'database') return this.#groups(database);
    if (node.kind === 'area') return this.#entities(database, node, { area: node.area.areaName });
    if (node.kind === 'entityType') return this.#entities(database, node, { type: node.entityType });
    return [];
  }

  async #groups(database: OpenDatabase): Promise<readonly TreeNode[]> {
    const { entities } = await this.#shown(database);
    const { groupBy, filter } = this.#options();
    if (entities.length === 0) return [emptyNode(database, database.path, filter ? 'filtered' : 'entities')];
    const groups = groupBy === 'type' ? this.#types(database, entities) : await this.#areas(database, entities);
    return [...notices(database), ...groups];
  }

  #types(database: OpenDatabase, entities: readonly Entity[]): readonly EntityTypeNode[] {
    const counts = new Map<string, number>();
    for (const { entityType } of entities) counts.set(entityType, (counts.get(entityType) ?? 0) + 1);
    return [...counts.keys()].toSorted().map((entityType) => ({
      kind: 'entityType',
      id: rowId(database.path, 'type', entityType),
      database: database.path,
      entityType,
      count: counts.get(entityType) ?? 0,
    }));
  }

  async #areas(database: OpenDatabase, entities: readonly Entity[]): Promise<readonly AreaNode[]> {
    const areas = await database.reader.getAreas();
    return areaNodes(database.path, areas, entities).filter(({ entityCount }) => entityCount > 0);
  }

  async #entities(database: OpenDatabase, parent: TreeNode, of: EntityFilter): Promise<readonly TreeNode[]> {
    const { entities, names } = await this.#shown(database, of);
    return entities.map((entity) => entityNode(parent.id, database.path, entity, names, false));
  }

  async #shown({ reader }: OpenDatabase, of: EntityFilter = {}): Promise<{ entities: readonly Entity[]; names: FriendlyNames }> {
    const [entities, names] = await Promise.all([reader.getEntities(of), reader.getFriendlyNames()]);
    const { filter } = this.#options();
    return { entities: filter ? entities.filter((entity) => matchesFilter(entity, names, filter)) : entities, names };
  }
}
