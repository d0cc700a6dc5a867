import { LanePainter, type LaneRows, type Surface } from '../../core/timeline/paintLane';
import { type ColumnSpan, PixelColumns, type PixelView } from '../../core/timeline/pixelColumns';
import { LANE_MARGIN, type RowLayout } from '../../core/timeline/rowLayout';
import { stateLook } from '../../core/timeline/stateLook';
import type { LaneRow } from '../../core/timeline/timelineRows';
import type { TimeWindow } from '../../core/timeline/timeWindow';
import type { LaneData, LaneLayer, LaneStore } from './laneStore';
import type { Palette } from './palette';

/** Pixels of CSS above and below what is seen: room for lanes that are cut by its edges. */
const EDGE = 32;

export interface PictureView {
  readonly window: TimeWindow;
  readonly layout: RowLayout;
  /** Pixels of CSS that are scrolled away. */
  readonly scroll: number;
  /** Device pixels of a pixel of CSS. */
  readonly scale: number;
  readonly palette: Palette;
  /** Names of states that are not drawn. */
  readonly hiddenStates: ReadonlySet<string>;
  /** µs since the epoch: what is later is no gap. */
  readonly now: number;
}

/** The lanes as one picture, which is painted into memory and put on its canvas at once: thousands of rectangles take too long. */
export class LanesPicture {
  readonly canvas = document.createElement('canvas');
  readonly #context = this.canvas.getContext('2d');
  readonly #columns = new PixelColumns();
  readonly #painter = new LanePainter();
  #image: ImageData | undefined;
  #edge = 0;
  #surface: Surface = { pixels: new Int32Array(0), width: 0 };

  /** @param width device pixels @param height device pixels @param scale device pixels of a pixel of CSS */
  resize(width: number, height: number, scale: number): void {
    const [wide, high] = [Math.max(1, Math.round(width)), Math.max(1, Math.round(height))];
    this.#edge = Math.ceil(EDGE * scale);
    if (this.canvas.width === wide && this.canvas.height === high && this.#image) return;
    this.canvas.width = wide;
    this.canvas.height = high;
    this.#image = new ImageData(wide, high + 2 * this.#edge);
    this.#surface = { pixels: new Int32Array(this.#image.data.buffer), width: wide };
  }

  paint(store: LaneStore, view: PictureView): void {
    if (!this.#image || !this.#context) return;
    this.#surface.pixels.fill(0);
    const { layout, scroll, scale } = view;
    const { first, end } = layout.visible(scroll, this.canvas.height / scale);
    for (let index = first; index < end; index += 1) {
      const row = layout.rows[index];
      const lane = row && row.kind !== 'area' ? store.get(row) : undefined;
      if (!row || row.kind === 'area' || !lane) continue;
      this.#paintLane(row, lane, this.#rowsOf(layout, index, view), view);
    }
    this.#context.putImageData(this.#image, 0, -this.#edge);
  }

  #rowsOf(layout: RowLayout, index: number, { scroll, scale }: PictureView): LaneRows {
    const top = Math.round((layout.top(index) + LANE_MARGIN - scroll) * scale);
    const height = Math.round((layout.heightOf(index) - 2 * LANE_MARGIN) * scale);
    return { top: top + this.#edge, height };
  }

  #paintLane(row: LaneRow, { states, numeric, layers }: LaneData, rows: LaneRows, view: PictureView): void {
    const { palette, hiddenStates, scale, now, window } = view;
    const columns = this.#surface.width;
    const seen: PixelView = { ...window, columns };
    this.#columns.clear(columns, states.length);
    const spans = layers.map((layer) => columnsOf(layer, seen));
    const [newest] = spans;
    layers.forEach(({ boxes }, index) => {
      const span = spans[index];
      if (!span || !newest) return;
      for (const part of index === 0 ? [span] : outside(span, newest))
        if (part.first < part.end) this.#columns.add(boxes, seen, part);
    });
    const looks = states.map((state) => stateLook(state, hiddenStates));
    const isOccupied = row.kind === 'occupied';
    const color = (index: number): number => palette.state(looks[index] ?? 'rest', states[index]?.name ?? '');
    const known = columnsOf(
      { from: Math.min(...layers.map(({ from }) => from)), to: Math.min(now, Math.max(...layers.map(({ to }) => to))) },
      seen,
    );
    this.#painter.paint(
      this.#columns,
      {
        looks,
        colors: { ...palette, states: states.map((_, index) => (isOccupied ? palette.occupied : color(index))) },
        numbers: numeric ? numbersOf(layers) : null,
        columnTime: (window.to - window.from) / columns,
        // When nobody was there is no gap.
        known: isOccupied ? { first: 0, end: 0 } : known,
        scale,
      },
      this.#surface,
      rows,
    );
  }
}

/** The columns that a range of time lies in. */
function columnsOf({ from, to }: TimeWindow, view: PixelView): ColumnSpan {
  const width = (view.to - view.from) / view.columns;
  const column = (moment: number): number => Math.min(view.columns, Math.max(0, Math.round((moment - view.from) / width)));
  return { first: column(from), end: column(to) };
}

/** What of a span lies before and behind another. */
function outside(span: ColumnSpan, other: ColumnSpan): readonly ColumnSpan[] {
  return [
    { first: span.first, end: Math.min(span.end, other.first) },
    { first: Math.max(span.first, other.end), end: span.end },
  ];
}

function numbersOf(layers: readonly LaneLayer[]): { low: number; high: number } {
  const lows = layers.flatMap(({ low }) => (low === null ? [] : [low]));
  const highs = layers.flatMap(({ high }) => (high === null ? [] : [high]));
  return lows.length > 0 ? { low: Math.min(...lows), high: Math.max(...highs) } : { low: 0, high: 0 };
}
