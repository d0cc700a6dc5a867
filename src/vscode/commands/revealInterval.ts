import * as vscode from 'vscode';
import type { TreeNode } from '../../core/tree/nodes';
import type { Pages } from '../../core/tree/pages';
import type { Interval } from '../../core/model';
import { utcMicroseconds, utcTextOfMicroseconds } from '../../core/time';
import { revealTarget, type RevealTarget } from '../../core/timeline/revealTarget';
import { cellAt } from '../../core/timeline/timelinePlot';
import type { Databases } from '../databases';
import type { OccupancyView } from '../occupancyView';
import type { TimelineDocuments } from '../documents/timelineDocuments';
import type { ViewOptions } from '../viewOptions';

/** Intervals that begin before the end of a cell and may overlap so that the newest is not the one that reaches into it. */
const CANDIDATES = 20;
/** Pages of a list that are read to find a row. */
const MOST_PAGES = 100;

/** Shows an interval of a timeline in the Intervals view: the newest in the cell that is given, or in that of the cursor. */
export class IntervalReveal {
  readonly #databases: Databases;
  readonly #documents: TimelineDocuments;
  readonly #view: OccupancyView;
  readonly #pages: Pages;
  readonly #options: ViewOptions;

  constructor(databases: Databases, documents: TimelineDocuments, view: OccupancyView, pages: Pages, options: ViewOptions) {
    this.#databases = databases;
    this.#documents = documents;
    this.#view = view;
    this.#pages = pages;
    this.#options = options;
  }

  async at(target = this.#underCursor()): Promise<void> {
    if (!target) return;
    const interval = await this.#newest(target);
    if (interval) return this.#reveal(target.database, interval);
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} has no interval there.', target.name));
  }

  #underCursor(): RevealTarget | undefined {
    const { documents } = this.#documents;
    const editor = documents.active;
    const drawn = editor && documents.drawn(editor.document);
    const cell = drawn && cellAt(drawn, editor.selection.active.line, editor.selection.active.character);
    return cell && revealTarget(drawn.address.database, cell);
  }

  async #newest({ database, entityId: entity, from, to }: RevealTarget): Promise<Interval | undefined> {
    const reader = this.#databases.find(database)?.reader;
    const intervals = await reader?.getIntervals({ entity, to: utcTextOfMicroseconds(to), limit: CANDIDATES });
    return intervals?.find(({ startTime, endTime }) => utcMicroseconds(endTime) > from || utcMicroseconds(startTime) >= from);
  }

  async #reveal(database: string, { id, entityId, startTime }: Interval): Promise<void> {
    if (this.#options.intervals.groupBy !== 'entity') {
      await this.#options.groupIntervals('entity');
      await this.#view.refreshNow();
    }
    const path: ((node: TreeNode) => boolean)[] = [
      (node) => node.kind === 'database' && node.database === database,
      (node) => node.kind === 'entity' && node.database === database && node.entity.entityId === entityId,
      (node) => node.kind === 'day' && node.day.from <= startTime && startTime < node.day.to,
      (node) => node.kind === 'interval' && node.interval.id === id,
    ];
    let node: TreeNode | undefined;
    for (const leads of path) node = (await this.#find(node, leads)) ?? node;
    await this.#view.reveal(...path);
  }

  /** The row below `parent` that is meant; where it is further down than was loaded yet, more is loaded. */
  async #find(parent: TreeNode | undefined, leads: (node: TreeNode) => boolean): Promise<TreeNode | undefined> {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const rows = await this.#view.getChildren(parent);
      const found = rows.find(leads);
      const last = rows.at(-1);
      if (found || last?.kind !== 'more') return found;
      this.#pages.loadMore(last);
      await this.#view.refreshNow();
    }
    return undefined;
  }
}
