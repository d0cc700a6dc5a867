import * as vscode from 'vscode';
import type { FindingRow } from '../../core/check/finding';
import type { FindingRowNode, TreeNode } from '../../core/tree/nodes';
import type { Databases } from '../databases';
import type { IntervalRows } from '../intervalRows';
import type { OccupancyView } from '../occupancyView';
import type { IntervalReveal } from './revealInterval';
import { showIntervals } from './showIntervals';

/** Shows what a row of the Findings view is about, in the view that has it. */
export class FindingReveal {
  readonly #databases: Databases;
  readonly #areas: OccupancyView;
  readonly #intervals: IntervalRows;
  readonly #reveal: IntervalReveal;

  constructor(databases: Databases, areas: OccupancyView, intervals: IntervalRows, reveal: IntervalReveal) {
    this.#databases = databases;
    this.#areas = areas;
    this.#intervals = intervals;
    this.#reveal = reveal;
  }

  async row(node?: FindingRowNode): Promise<void> {
    if (!node) return;
    const { database, row } = node;
    if (row.kind === 'area') return this.#area(database, row.areaName);
    const entityId = entityOf(row);
    if (entityId === undefined) return;
    const entities = (await this.#databases.find(database)?.reader.getEntities()) ?? [];
    if (!entities.some((entity) => entity.entityId === entityId)) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('{0} is no longer listed in any area, so no view has it.', entityId),
      );
      return;
    }
    if (row.kind === 'interval' || row.kind === 'written') await this.#reveal.interval(database, row.interval);
    else await showIntervals(this.#intervals, { database, subject: { entity: entityId } });
  }

  #area(database: string, areaName: string): Promise<void> {
    const isDatabase = (node: TreeNode): boolean => node.kind === 'database' && node.database === database;
    return this.#areas.reveal(isDatabase, (node) => node.kind === 'area' && node.area.areaName === areaName);
  }
}

function entityOf(row: FindingRow): string | undefined {
  if (row.kind === 'entity' || row.kind === 'entityTime') return row.entityId;
  return row.kind === 'interval' || row.kind === 'written' ? row.interval.entityId : undefined;
}
