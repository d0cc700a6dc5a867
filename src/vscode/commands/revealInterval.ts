import * as vscode from 'vscode';
import type { TreeNode } from '../../core/tree/nodes';
import { isEverything } from '../../core/tree/intervalsFilter';
import type { Interval } from '../../core/model';
import { utcMicroseconds, utcTextOfMicroseconds } from '../../core/time';
import { revealTarget, type RevealTarget } from '../../core/timeline/revealTarget';
import { cellAt } from '../../core/timeline/timelinePlot';
import type { Databases } from '../databases';
import type { OccupancyView } from '../occupancyView';
import type { RowSearch } from '../rowSearch';
import type { TimelineDocuments } from '../documents/timelineDocuments';
import type { ViewOptions } from '../viewOptions';

/** Intervals that begin before the end of a cell and may overlap so that the newest is not the one that reaches into it. */
const CANDIDATES = 20;

/** Shows an interval of a timeline in the Intervals view: the newest in the cell that is given, or in that of the cursor. */
export class IntervalReveal {
  readonly #databases: Databases;
  readonly #documents: TimelineDocuments;
  readonly #view: OccupancyView;
  readonly #search: RowSearch;
  readonly #options: ViewOptions;
  readonly #clearFilter: () => Promise<void>;

  /** @param clearFilter makes the view show what it is narrowed not to: the interval may be among that */
  constructor(
    databases: Databases,
    documents: TimelineDocuments,
    view: OccupancyView,
    search: RowSearch,
    options: ViewOptions,
    clearFilter: () => Promise<void>,
  ) {
    this.#databases = databases;
    this.#documents = documents;
    this.#view = view;
    this.#search = search;
    this.#options = options;
    this.#clearFilter = clearFilter;
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
    const found = await this.#search.along(path);
    if (found?.kind !== 'interval' && !isEverything(this.#options.intervals.filter)) {
      await this.#clearFilter();
      await this.#search.along(path);
    }
    await this.#view.reveal(...path);
  }
}
