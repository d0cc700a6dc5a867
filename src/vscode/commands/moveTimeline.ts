import * as vscode from 'vscode';
import { localDay } from '../../core/time';
import { cellAt } from '../../core/timeline/timelinePlot';
import { isDay, movedRange, type RangeLength, type TimelineRange } from '../../core/timeline/timelineRange';
import { readAddress } from '../../core/timeline/timelineAddress';
import type { TimelineDocuments } from '../documents/timelineDocuments';
import { askForDay } from './askForDay';

/** The commands that take the timeline in the active editor to another range; elsewhere they do nothing. */
export class TimelineMoves {
  readonly #documents: TimelineDocuments;
  readonly #timeZone: string;

  constructor(documents: TimelineDocuments, timeZone: string) {
    this.#documents = documents;
    this.#timeZone = timeZone;
  }

  /** By as much as is shown: 1 later, -1 earlier. */
  by(steps: number): Promise<void> {
    return this.#move((range) => movedRange(range, steps));
  }

  today(): Promise<void> {
    return this.#move((range) => ({ ...range, day: this.#today }));
  }

  /** Shows more or less; a day is that of the cursor. */
  to(length: RangeLength): Promise<void> {
    return this.#move((range, cursorDay) => ({ length, day: length === 'day' && cursorDay ? cursorDay : range.day }));
  }

  async goToDate(): Promise<void> {
    const editor = this.#documents.documents.active;
    const value = editor && readAddress(editor.document.uri.query)?.range.day;
    if (!editor || !value) return;
    const day = await askForDay(value, this.#today);
    if (day !== undefined) await this.#move((range) => ({ ...range, day }), editor);
  }

  get #today(): string {
    return localDay(Date.now(), this.#timeZone);
  }

  async #move(
    change: (range: TimelineRange, cursorDay: string | undefined) => TimelineRange,
    editor = this.#documents.documents.active,
  ): Promise<void> {
    const address = editor && readAddress(editor.document.uri.query);
    if (!address) return;
    const range = change(address.range, this.#cursorDay(editor));
    if (!isDay(range.day)) return;
    const before = vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn === editor.viewColumn)?.activeTab;
    const { selection, viewColumn = vscode.ViewColumn.Active } = editor;
    const opened = await this.#documents.open({ ...address, range }, { viewColumn, selection });
    // A tab that was pinned is not replaced: every move would leave one behind.
    const isLeftOver =
      before?.input instanceof vscode.TabInputText && before.input.uri.toString() !== opened.document.uri.toString();
    if (isLeftOver && vscode.window.tabGroups.all.some(({ tabs }) => tabs.includes(before)))
      await vscode.window.tabGroups.close(before);
  }

  #cursorDay({ document, selection }: vscode.TextEditor): string | undefined {
    const drawn = this.#documents.documents.drawn(document);
    const cell = drawn && cellAt(drawn, selection.active.line, selection.active.character);
    return cell && localDay(cell.from / 1000, this.#timeZone);
  }
}
