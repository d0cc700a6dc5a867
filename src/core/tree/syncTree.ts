import { isActive } from '../activeStates';
import type { FriendlyNames } from '../friendlyNames';
import type { AreaSync, EntitySync, SyncReport } from '../sync/syncReport';
import type { SyncAreaNode, SyncEntityNode, SyncNothingNode, SyncRowNode, TreeNode } from './nodes';
import { moreNode, type Pages } from './pages';
import { rowId } from './rowId';
import { addsRows, rowsAdded } from './summarizeSync';
import type { TreeSource } from './treeSource';

/** A sync that was planned, as its preview shows it. */
export interface PlannedSync {
  /** Path of the database. */
  readonly database: string;
  readonly report: SyncReport;
  readonly names: FriendlyNames;
  /** Entity id → type. */
  readonly types: ReadonlyMap<string, string>;
}

/** Rows of a long list that are shown at a time. */
export const SYNC_PAGE_SIZE = 200;

/** Sync preview: area → entity → its first and last interval to be added; in the end what nothing is added to. */
export class SyncTree implements TreeSource {
  readonly #planned: () => PlannedSync | undefined;
  readonly #pages: Pages;

  constructor(planned: () => PlannedSync | undefined, pages: Pages) {
    this.#planned = planned;
    this.#pages = pages;
  }

  async children(node: TreeNode | undefined): Promise<readonly TreeNode[]> {
    const planned = this.#planned();
    if (!planned) return [];
    if (!node) return [...planned.report.areas.filter(addsRows).map((area) => areaNode(planned, area)), ...nothingNodes(planned)];
    if (node.kind === 'syncArea') return this.#page(planned, node, adding(planned, node));
    if (node.kind === 'syncNothing') return this.#page(planned, node, addingNothing(planned));
    if (node.kind === 'syncEntity') return rows(node);
    return [];
  }

  #page({ database }: PlannedSync, parent: TreeNode, entities: readonly EntityInArea[]): readonly TreeNode[] {
    const limit = SYNC_PAGE_SIZE * this.#pages.of(parent.id);
    const shown = entities.slice(0, limit).map((entity) => entityNode(parent, entity));
    if (entities.length <= limit) return shown;
    return [...shown, moreNode(database, parent.id, limit, { count: entities.length, capped: false })];
  }
}

interface EntityInArea {
  readonly areaName: string;
  readonly sync: EntitySync;
  readonly entityType: string;
  readonly friendlyName: string | null;
}

function inArea({ names, types }: PlannedSync, { areaName }: AreaSync, sync: EntitySync): EntityInArea {
  const { entityId } = sync;
  return { areaName, sync, entityType: types.get(entityId) ?? 'unknown', friendlyName: names.entities.get(entityId) ?? null };
}

function adding(planned: PlannedSync, node: SyncAreaNode): readonly EntityInArea[] {
  const areas = planned.report.areas.filter(({ areaName }) => areaName === node.areaName);
  return areas.flatMap((area) => area.entities.filter(addsRows).map((sync) => inArea(planned, area, sync)));
}

function addingNothing(planned: PlannedSync): readonly EntityInArea[] {
  return planned.report.areas.flatMap((area) =>
    area.entities.filter((sync) => !addsRows(sync)).map((sync) => inArea(planned, area, sync)),
  );
}

function areaNode({ database }: PlannedSync, area: AreaSync): SyncAreaNode {
  return {
    kind: 'syncArea',
    id: rowId(database, 'syncArea', area.areaName),
    database,
    areaName: area.areaName,
    ...rowsAdded(area),
    entityCount: area.entities.filter(addsRows).length,
  };
}

function nothingNodes(planned: PlannedSync): readonly SyncNothingNode[] {
  const { database } = planned;
  const entityCount = addingNothing(planned).length;
  return entityCount === 0 ? [] : [{ kind: 'syncNothing', id: rowId(database, 'syncNothing'), database, entityCount }];
}

function entityNode({ id, database }: TreeNode, entity: EntityInArea): SyncEntityNode {
  return { kind: 'syncEntity', id: rowId(id, 'entity', entity.areaName, entity.sync.entityId), database, ...entity };
}

function rows({ id, database, sync, friendlyName, entityType }: SyncEntityNode): readonly TreeNode[] {
  const { first, last, entityId } = sync;
  if (!first) return [];
  const entityName = friendlyName ?? entityId;
  const row = (place: SyncRowNode['place'], of: typeof first): SyncRowNode => {
    const active = isActive(entityType, of.state);
    return { kind: 'syncRow', id: `${id}/${place}`, database, entityName, place, row: of, active };
  };
  if (!last) return [row('only', first)];
  const count = sync.intervals.added - 2;
  const between: TreeNode[] = count > 0 ? [{ kind: 'syncBetween', id: `${id}/between`, database, count }] : [];
  return [row('first', first), ...between, row('last', last)];
}
