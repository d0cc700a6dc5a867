import type { DrawnBoxes } from './drawnBoxes';
import { type LaneColors, LanePainter, type LanePlace, type Surface } from './paintLane';
import { type ColumnSpan, LEAD, PixelColumns, type PixelView } from './pixelColumns';
import type { StateLook } from './stateLook';
import type { TimeWindow } from './timeWindow';

/** What is known of a lane over a range of time. */
export interface LaneBoxes extends TimeWindow {
  readonly boxes: DrawnBoxes;
  /** Lowest and highest number; null without any. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface LayeredLane {
  /** The first is shown where it reaches, the others beside it. */
  readonly layers: readonly LaneBoxes[];
  readonly looks: readonly StateLook[];
  readonly colors: LaneColors;
  /** Whether it is drawn as a line. */
  readonly isNumeric: boolean;
  /** Whether it is a gap where nothing is known. */
  readonly hasGaps: boolean;
}

export interface SpanPaint {
  /** The columns that are painted, by their numbers in time: see ColumnGrid. */
  readonly span: ColumnSpan;
  /** µs of a column. */
  readonly time: number;
  /** µs since the epoch: what is later is no gap. */
  readonly now: number;
  /** Device pixels of a pixel of CSS. */
  readonly scale: number;
}

/** Paints some columns of lanes. What a column looks like does not depend on which others are painted with it. */
export class LayersPainter {
  readonly #columns = new PixelColumns();
  readonly #painter = new LanePainter();

  /** @param place where the first column of the span is */
  paint(lane: LayeredLane, { span, time, now, scale }: SpanPaint, surface: Surface, place: LanePlace): void {
    const { layers, looks, colors, isNumeric, hasGaps } = lane;
    const first = span.first - LEAD;
    const view: PixelView = { from: first * time, to: span.end * time, columns: span.end - first };
    this.#columns.clear(view.columns, looks.length);
    const [newest] = layers;
    if (!newest) return;
    const reach = columnsOf(newest, first, view.columns, time);
    for (const layer of layers) {
      const whole = columnsOf(layer, first, view.columns, time);
      if (layer === newest) this.#add(layer, view, whole);
      else {
        this.#add(layer, view, { first: whole.first, end: Math.min(whole.end, reach.first) });
        this.#add(layer, view, { first: Math.max(whole.first, reach.end), end: whole.end });
      }
    }
    const from = Math.min(...layers.map((layer) => layer.from));
    const to = Math.min(now, Math.max(...layers.map((layer) => layer.to)));
    this.#painter.paint(
      this.#columns,
      {
        looks,
        colors,
        numbers: isNumeric ? numbersOf(layers) : null,
        columnTime: time,
        first,
        known: hasGaps ? columnsOf({ from, to }, first, view.columns, time) : { first: 0, end: 0 },
        scale,
      },
      surface,
      { ...place, left: place.left - LEAD },
    );
  }

  #add({ boxes }: LaneBoxes, view: PixelView, span: ColumnSpan): void {
    if (span.first < span.end) this.#columns.add(boxes, view, span);
  }
}

/** The columns that a range of time lies in, counted from the first. */
function columnsOf({ from, to }: TimeWindow, first: number, count: number, time: number): ColumnSpan {
  const column = (moment: number): number => Math.min(count, Math.max(0, Math.round(moment / time) - first));
  return { first: column(from), end: column(to) };
}

function numbersOf(layers: readonly LaneBoxes[]): { low: number; high: number } {
  const lows = layers.flatMap(({ low }) => (low === null ? [] : [low]));
  const highs = layers.flatMap(({ high }) => (high === null ? [] : [high]));
  return lows.length > 0 ? { low: Math.min(...lows), high: Math.max(...highs) } : { low: 0, high: 0 };
}
