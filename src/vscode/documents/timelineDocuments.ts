import * as vscode from 'vscode';
import { InvalidDataError } from '../../core/errors';
import type { Format } from '../../core/format';
import { columnWidth, queryBounds, rangeBounds } from '../../core/timeline/timelineRange';
import { describeCell } from '../../core/timeline/describeCell';
import { plotTimeline } from '../../core/timeline/plotTimeline';
import { readAddress, subjectName, type TimelineAddress, writeAddress } from '../../core/timeline/timelineAddress';
import { readCell } from '../../core/timeline/readCell';
import { readSections } from '../../core/timeline/readSections';
import { revealTarget } from '../../core/timeline/revealTarget';
import { cellAt, type PlotCell, type TimelinePlot } from '../../core/timeline/timelinePlot';
import type { Databases } from '../databases';
import { commandIds, documentSchemes } from '../ids';
import { commandLink, factsText } from './hoverText';
import { LiveDocuments, type DocumentSource } from './liveDocuments';

/** A timeline that was drawn, and what it was drawn from. */
export interface DrawnTimeline extends TimelinePlot {
  readonly address: TimelineAddress;
}

/** Timelines as text. */
export class TimelineDocuments implements DocumentSource<DrawnTimeline>, vscode.Disposable {
  readonly scheme = documentSchemes.timeline;
  readonly documents: LiveDocuments<DrawnTimeline>;
  readonly #databases: Databases;
  readonly #format: Format;
  readonly #timeZone: string;

  constructor(databases: Databases, format: Format, timeZone: string) {
    this.#databases = databases;
    this.#format = format;
    this.#timeZone = timeZone;
    this.documents = new LiveDocuments(this, databases.onDidChangeData);
  }

  /** Opens a timeline. @returns its editor */
  open(address: TimelineAddress, options?: vscode.TextDocumentShowOptions): Promise<vscode.TextEditor> {
    return this.documents.open(`${subjectName(address.subject)}.timeline`, writeAddress(address), options);
  }

  async draw(query: string): Promise<DrawnTimeline> {
    const address = readAddress(query);
    if (!address) throw new InvalidDataError('This is not the address of a timeline.', 'Run Show Timeline.');
    const { database, subject, range } = address;
    const { reader } = this.#databases.get(database);
    const { from, to } = rangeBounds(range, this.#timeZone);
    const wanted = { ...queryBounds(from, to), resolution: columnWidth(range) / 1000 };
    const [sections, { entities: names }] = await Promise.all([readSections(reader, subject, wanted), reader.getFriendlyNames()]);
    const title = 'entity' in subject ? (names.get(subject.entity) ?? subject.entity) : subjectName(subject);
    const keys = vscode.l10n.t(
      'Keys: p earlier, n later, t today, d day, w week, m four weeks, g go to date, Enter shows the interval in its view.',
    );
    const plot = plotTimeline(sections, {
      title,
      range,
      names,
      timeZone: this.#timeZone,
      format: this.#format,
      now: Date.now(),
      keys,
    });
    return { ...plot, address };
  }

  async hover(
    drawn: DrawnTimeline,
    { line, character }: vscode.Position,
    signal: AbortSignal,
  ): Promise<vscode.MarkdownString | undefined> {
    const cell = cellAt(drawn, line, character);
    if (!cell) return undefined;
    const text = factsText(await this.#describe(drawn.address, cell, signal));
    text.isTrusted = { enabledCommands: [commandIds.timelineRevealInterval] };
    const target = revealTarget(drawn.address.database, cell);
    if (target) {
      const title = vscode.l10n.t('Show in Intervals');
      text.appendMarkdown(`\n${commandLink('history', title, commandIds.timelineRevealInterval, target)}`);
    }
    return text;
  }

  dispose(): void {
    this.documents.dispose();
  }

  async #describe({ database }: TimelineAddress, cell: PlotCell, signal: AbortSignal): Promise<string[]> {
    const { lane, area } = cell.row;
    const of = 'entityId' in lane ? { entity: lane.entityId } : { area: area ?? '' };
    return describeCell(cell, await readCell(this.#databases.get(database).reader, of, cell, signal), this.#format);
  }
}
