import { dayStart, localDay } from '../../core/time';
import { nextEdge } from '../../core/timeline/laneMoments';
import { RowLayout } from '../../core/timeline/rowLayout';
import type { TimelineFocus } from '../../core/timeline/timelineAddress';
import { isDay, movedRange, rangeBounds, type RangeLength, type TimelineRange } from '../../core/timeline/timelineRange';
import { type LaneRow, rowKey } from '../../core/timeline/timelineRows';
import { nearestRange, panned, showing, type TimeWindow, zoomed } from '../../core/timeline/timeWindow';
import type { GestureTarget } from './gestures';
import type { KeyTarget } from './keyboard';
import type { LaneStore } from './laneStore';
import type { TimelineStage } from './timelineStage';
import type { LaneCursor, ViewState } from './viewState';

/** A place in a lane. */
export interface LanePlace {
  readonly row: LaneRow;
  /** µs since the epoch */
  readonly at: number;
}

export interface NavigationSettings {
  readonly timeZone: string;
  readonly store: LaneStore;
  stage(): TimelineStage;
  /** Something is to be drawn anew. */
  changed(): void;
  reveal(place: LanePlace): void;
  askDate(): void;
}

/** Which time and which lanes are seen, where the cursor is, and what moves them. */
export class Navigation implements KeyTarget, GestureTarget {
  readonly #settings: NavigationSettings;
  #state: ViewState;
  #layout = new RowLayout([]);
  /** The range that was chosen last: what a double click leads back to. */
  #home: TimelineRange;

  constructor(settings: NavigationSettings, state: ViewState) {
    this.#settings = settings;
    this.#state = state;
    this.#home = nearestRange(state.window, settings.timeZone);
  }

  get state(): ViewState {
    return this.#state;
  }

  get layout(): RowLayout {
    return this.#layout;
  }

  set layout(layout: RowLayout) {
    this.#layout = layout;
    this.#settings.changed();
  }

  /** The whole days that come nearest to what is seen. */
  get range(): TimelineRange {
    return nearestRange(this.#state.window, this.#settings.timeZone);
  }

  /** Where the keyboard's cursor is; undefined where there is none, or its lane is filtered out. */
  get cursor(): LanePlace | undefined {
    const { cursor } = this.#state;
    const row = cursor && this.#layout.rows[this.#layout.indexOf(cursor.row) ?? -1];
    return row && row.kind !== 'area' ? { row, at: cursor.at } : undefined;
  }

  /** µs of a column of pixels. */
  get columnTime(): number {
    const { from, to } = this.#state.window;
    return (to - from) / this.#stage.columns;
  }

  change(change: Partial<ViewState>): void {
    this.#state = { ...this.#state, ...change };
    this.#settings.changed();
  }

  /** The lane at a place over the lanes, in pixels of CSS; undefined over the head of an area, and below all. */
  placeAt({ left, top }: { readonly left: number; readonly top: number }): LanePlace | undefined {
    const row = this.#layout.rows[this.#layout.at(top + this.#stage.scroll)];
    return row && row.kind !== 'area' ? { row, at: Math.floor(this.#timeAt(left)) } : undefined;
  }

  show(length: RangeLength): void {
    const { cursor } = this;
    const { from, to } = this.#state.window;
    const isSeen = cursor !== undefined && cursor.at >= from && cursor.at < to;
    const day = length === 'day' && isSeen ? this.#dayOf(cursor.at) : this.range.day;
    this.goTo({ length, day });
  }

  goTo(range: TimelineRange): void {
    if (!isDay(range.day)) return;
    this.#home = range;
    this.change({ window: rangeBounds(range, this.#settings.timeZone) });
  }

  /** A day at the left edge, with as much after it as is seen. */
  goToDay(day: string): void {
    const from = dayStart(day, this.#settings.timeZone) * 1000;
    const { window } = this.#state;
    this.change({ window: panned(window, from - window.from) });
    this.#home = this.range;
  }

  move(steps: 1 | -1): void {
    const exact = rangeBounds(this.range, this.#settings.timeZone);
    const { window } = this.#state;
    const isWhole = exact.from === window.from && exact.to === window.to;
    if (isWhole) return this.goTo(movedRange(this.range, steps));
    this.change({ window: panned(window, steps * (window.to - window.from)) });
  }

  today(): void {
    this.goTo({ length: this.range.length, day: this.#dayOf(Date.now() * 1000) });
  }

  askDate(): void {
    this.#settings.askDate();
  }

  zoom(factor: number, left: number): void {
    this.change({ window: zoomed(this.#state.window, factor, this.#timeAt(left)) });
  }

  zoomAtCursor(factor: number): void {
    const { from, to } = this.#state.window;
    const at = this.cursor?.at ?? from;
    this.change({ window: zoomed(this.#state.window, factor, at > from && at < to ? at : (from + to) / 2) });
  }

  drag(right: number, down: number): void {
    const { window } = this.#state;
    if (down !== 0) this.#stage.scroll -= down;
    if (right !== 0) this.change({ window: panned(window, (-right / this.#stage.width) * (window.to - window.from)) });
  }

  doubleClick(): void {
    this.goTo(this.#home);
  }

  click(left: number, top: number): void {
    const place = this.placeAt({ left, top });
    if (!place) return;
    this.#setCursor(place.row, place.at);
    this.#settings.reveal(place);
  }

  reveal(): void {
    const { cursor } = this;
    if (cursor) this.#settings.reveal(cursor);
  }

  step(by: 1 | -1): void {
    const cursor = this.cursor ?? this.#firstPlace();
    if (!cursor) return;
    const { row, at } = cursor;
    const layer = this.#settings.store.get(row)?.layers.find(({ from, to }) => from <= at && at < to);
    const edge = layer && nextEdge(layer.boxes, at, by, this.columnTime);
    // Where nothing is known beyond, a tenth of what is seen.
    const { from, to } = this.#state.window;
    this.#setCursor(row, edge ?? at + (by * (to - from)) / 10);
  }

  stepLane(by: 1 | -1): void {
    const { cursor } = this;
    if (!cursor) return this.#toFirst();
    const index = this.#layout.nextLane(this.#layout.indexOf(rowKey(cursor.row)) ?? 0, by);
    const row = this.#layout.rows[index];
    if (row && row.kind !== 'area') this.#setCursor(row, cursor.at);
  }

  page(by: 1 | -1): void {
    const { cursor } = this;
    if (!cursor) return this.#toFirst();
    const here = this.#layout.indexOf(rowKey(cursor.row)) ?? 0;
    const y = this.#layout.top(here) + by * this.#stage.height;
    const there = this.#layout.at(Math.min(this.#layout.height - 1, Math.max(0, y)));
    const lane = this.#layout.rows[there]?.kind === 'area' ? this.#layout.nextLane(there, 1) : there;
    const row = this.#layout.rows[lane];
    if (row && row.kind !== 'area') this.#setCursor(row, cursor.at);
  }

  toEdge(which: 'first' | 'last'): void {
    const cursor = this.cursor ?? this.#firstPlace();
    const { from, to } = this.#state.window;
    if (cursor) this.#setCursor(cursor.row, which === 'first' ? from : to - Math.ceil(this.columnTime));
  }

  /** Puts the cursor on a moment of an entity, and takes what is seen there. */
  focus({ entityId, at }: TimelineFocus): void {
    const row = this.#layout.rows.find((candidate) => candidate.kind === 'entity' && candidate.entityId === entityId);
    if (row && row.kind !== 'area') this.#setCursor(row, at);
  }

  #setCursor(row: LaneRow, at: number): void {
    const cursor: LaneCursor = { row: rowKey(row), at: Math.floor(at) };
    this.#scrollTo(this.#layout.indexOf(cursor.row) ?? 0);
    this.change({ cursor, window: showing(this.#state.window, cursor.at) });
  }

  #scrollTo(index: number): void {
    const [top, height] = [this.#layout.top(index), this.#layout.heightOf(index)];
    const { scroll, height: seen } = this.#stage;
    if (top < scroll) this.#stage.scroll = top;
    else if (top + height > scroll + seen) this.#stage.scroll = top + height - seen;
  }

  #toFirst(): void {
    const place = this.#firstPlace();
    if (place) this.#setCursor(place.row, place.at);
  }

  /** In the middle of the first lane that is seen. */
  #firstPlace(): LanePlace | undefined {
    const { first } = this.#layout.visible(this.#stage.scroll, this.#stage.height);
    const index = this.#layout.rows[first]?.kind === 'area' ? this.#layout.nextLane(first, 1) : first;
    const row = this.#layout.rows[index];
    const { from, to } = this.#state.window;
    return row && row.kind !== 'area' ? { row, at: Math.floor((from + to) / 2) } : undefined;
  }

  #timeAt(left: number): number {
    const { from, to }: TimeWindow = this.#state.window;
    return from + (left / this.#stage.width) * (to - from);
  }

  #dayOf(moment: number): string {
    return localDay(moment / 1000, this.#settings.timeZone);
  }

  get #stage(): TimelineStage {
    return this.#settings.stage();
  }
}
