import * as vscode from 'vscode';
import type { Interval } from '../../core/model';
import { utcMicroseconds, utcTextOfMicroseconds } from '../../core/time';
import { revealTarget, type RevealTarget } from '../../core/timeline/revealTarget';
import { cellAt } from '../../core/timeline/timelinePlot';
import type { Databases } from '../databases';
import type { IntervalRows } from '../intervalRows';
import type { TimelineDocuments } from '../documents/timelineDocuments';

/** Intervals that begin before the end of a cell and may overlap so that the newest is not the one that reaches into it. */
const CANDIDATES = 20;

/** Shows an interval of a timeline in the Intervals view: the newest in the cell that is given, or in that of the cursor. */
export class IntervalReveal {
  readonly #databases: Databases;
  readonly #documents: TimelineDocuments;
  readonly #rows: IntervalRows;

  constructor(databases: Databases, documents: TimelineDocuments, rows: IntervalRows) {
    this.#databases = databases;
    this.#documents = documents;
    this.#rows = rows;
  }

  async at(target = this.#underCursor()): Promise<void> {
    if (!target) return;
    const interval = await this.#newest(target);
    if (interval) return this.interval(target.database, interval);
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

  /** Shows an interval of an entity that is listed. */
  async interval(database: string, { id, entityId, startTime }: Pick<Interval, 'id' | 'entityId' | 'startTime'>): Promise<void> {
    await this.#rows.show('entity', [
      (node) => node.kind === 'database' && node.database === database,
      (node) => node.kind === 'entity' && node.database === database && node.entity.entityId === entityId,
      (node) => node.kind === 'day' && node.day.from <= startTime && startTime < node.day.to,
      (node) => node.kind === 'interval' && node.interval.id === id,
    ]);
  }
}
