import type { Format } from '../../core/format';
import type { RowLayout } from '../../core/timeline/rowLayout';
import type { TimeWindow } from '../../core/timeline/timeWindow';
import { onThemeChange } from '../theme';
import { element } from '../element';
import { LanesPicture } from './lanesPicture';
import type { LaneStore } from './laneStore';
import { NamesColumn } from './namesColumn';
import { type Palette, readPalette } from './palette';
import { AXIS_HEIGHT, TimelineChart } from './timelineChart';

/** What is to be seen. */
export interface StageView {
  readonly window: TimeWindow;
  readonly layout: RowLayout;
  readonly hiddenStates: readonly string[];
  /** The keyboard's cursor: its row, and from where to where it is, µs since the epoch. */
  readonly cursor: ({ readonly row: number } & TimeWindow) | undefined;
}

export interface StageSettings {
  readonly format: Format;
  readonly timeZone: string;
  readonly store: LaneStore;
  /** What is to be seen now. */
  view(): StageView;
  /** Called at every frame. */
  drawn(): void;
  scrolled(): void;
  resized(): void;
  hover(place: { readonly left: number; readonly top: number } | null): void;
}

/** The names, the axis and the lanes, which scroll under it. */
export class TimelineStage {
  readonly root = element('div', { className: 'stage' });
  readonly scroller = element('div', { className: 'scroller', tabIndex: 0, role: 'application' });
  readonly #settings: StageSettings;
  readonly #names = new NamesColumn();
  readonly #picture = new LanesPicture();
  readonly #chart: TimelineChart;
  readonly #spacer = element('div', { className: 'spacer' });
  readonly #cursor = element('div', { className: 'cursor', hidden: true });
  readonly #now = element('div', { className: 'now', hidden: true });
  readonly #note = element('div', { className: 'note', role: 'status', hidden: true });
  readonly #host = element('div', { className: 'chart' });
  #palette: Palette = readPalette();
  /** Whether the next frame draws. */
  #isDue = false;
  #width = 1;
  #height = 1;
  #scroll = 0;
  /** Where it is to be scrolled to: further than there is room for while rows, or what lies above them, are still to come. */
  #wanted = 0;
  #rowsHeight = 0;

  /** The root must be in the document by then. */
  constructor(parent: HTMLElement, settings: StageSettings) {
    this.#settings = settings;
    const layer = element('div', { className: 'layer' }, this.#names.root, this.#host);
    this.scroller.append(layer, this.#spacer);
    this.root.append(this.scroller, this.#note);
    parent.append(this.root);
    this.#chart = new TimelineChart(this.#host, {
      ...settings,
      canvas: this.#picture.canvas,
      paint: (width, height, scale) => this.#paint(width, height, scale),
    });
    this.#chart.over.append(this.#now, this.#cursor);
    this.scroller.addEventListener('scroll', () => {
      this.#scroll = this.scroller.scrollTop;
      // At its end it is where the browser has left it for want of room.
      const isCut = this.#wanted > this.#scroll && this.#scroll >= this.#rowsHeight - this.#height - 1;
      if (!isCut) this.#wanted = this.#scroll;
      this.invalidate();
      settings.scrolled();
    });
    new ResizeObserver(() => this.#resize()).observe(this.scroller);
    onThemeChange(() => {
      this.#palette = readPalette();
      this.invalidate();
    });
  }

  get over(): HTMLElement {
    return this.#chart.over;
  }

  /** Of the lanes, pixels of CSS; kept, since to ask for it at every frame makes the browser lay the page out. */
  get width(): number {
    return this.#width;
  }

  get height(): number {
    return this.#height;
  }

  /** Columns of pixels of the screen. */
  get columns(): number {
    return Math.max(1, Math.round(this.width * window.devicePixelRatio));
  }

  get scroll(): number {
    return this.#scroll;
  }

  set scroll(top: number) {
    this.#wanted = top;
    this.scroller.scrollTop = top;
    this.#scroll = this.scroller.scrollTop;
  }

  /** Rows can be scrolled through only once there is room for them. */
  setHeight(rows: number): void {
    this.#rowsHeight = rows;
    this.#spacer.style.height = `${Math.max(0, rows - this.#height)}px`;
    if (this.#scroll !== this.#wanted) this.scroll = this.#wanted;
  }

  /** To be drawn at the next frame, however often it is asked for. */
  invalidate(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
      this.#settings.drawn();
    });
  }

  /** Says something in the place of lanes; null takes it away. */
  note(content: readonly (Node | string)[] | null): void {
    // Asked at every frame: an element that is touched is laid out.
    if (content === null && this.#note.hidden) return;
    this.#note.hidden = content === null;
    this.#note.replaceChildren(...(content ?? []));
  }

  #draw(): void {
    const { window: seen, layout, cursor } = this.#settings.view();
    this.#chart.draw(seen);
    this.#names.draw(layout, this.scroll, this.height, cursor?.row ?? -1);
    const left = (moment: number): number => ((moment - seen.from) / (seen.to - seen.from)) * this.width;
    const now = left(Date.now() * 1000);
    this.#now.hidden = now < 0 || now > this.width;
    this.#now.style.transform = `translateX(${now}px)`;
    this.#cursor.hidden = cursor === undefined;
    if (!cursor) return;
    const { style } = this.#cursor;
    const start = Math.max(-4, left(cursor.from));
    style.left = `${start}px`;
    style.width = `${Math.max(5, Math.min(this.width + 4, left(cursor.to)) - start)}px`;
    style.top = `${layout.top(cursor.row) - this.scroll}px`;
    style.height = `${layout.heightOf(cursor.row)}px`;
  }

  #paint(width: number, height: number, scale: number): void {
    const { window: seen, layout, hiddenStates } = this.#settings.view();
    this.#picture.resize(width, height, scale);
    this.#picture.paint(this.#settings.store, {
      window: seen,
      layout,
      scroll: this.scroll,
      scale,
      palette: this.#palette,
      hiddenStates,
      now: Date.now() * 1000,
    });
  }

  #resize(): void {
    const { clientHeight } = this.scroller;
    (this.#host.parentElement ?? this.#host).style.height = `${clientHeight}px`;
    this.#width = Math.max(1, this.#host.clientWidth);
    this.#height = Math.max(1, clientHeight - AXIS_HEIGHT);
    this.#chart.resize(this.#width, clientHeight);
    this.setHeight(this.#rowsHeight);
    this.#settings.resized();
    this.invalidate();
  }
}
