import { gridOf } from '../../core/timeline/columnGrid';
import type { LanePlace } from '../../core/timeline/paintLane';
import { type LayeredLane, LayersPainter, type SpanPaint } from '../../core/timeline/paintLayers';
import { LANE_MARGIN, type RowLayout } from '../../core/timeline/rowLayout';
import { ShiftedPicture } from '../../core/timeline/shiftedPicture';
import { stateLook } from '../../core/timeline/stateLook';
import type { LaneRow } from '../../core/timeline/timelineRows';
import type { TimeWindow } from '../../core/timeline/timeWindow';
import type { LaneData, LaneStore } from './laneStore';
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
  readonly hiddenStates: readonly string[];
  /** µs since the epoch: what is later is no gap. */
  readonly now: number;
}

/** The lanes as one picture, which is painted into memory and put on its canvas at once: thousands of rectangles take too long. */
export class LanesPicture {
  readonly canvas = document.createElement('canvas');
  readonly #context = this.canvas.getContext('2d');
  readonly #painter = new LayersPainter();
  #image: ImageData | undefined;
  #edge = 0;
  #picture = new ShiftedPicture(new Int32Array(0), 0);

  /** @param width device pixels @param height device pixels @param scale device pixels of a pixel of CSS */
  resize(width: number, height: number, scale: number): void {
    const [wide, high] = [Math.max(1, Math.round(width)), Math.max(1, Math.round(height))];
    const edge = Math.ceil(EDGE * scale);
    if (this.canvas.width === wide && this.canvas.height === high && this.#edge === edge) return;
    this.#edge = edge;
    this.canvas.width = wide;
    this.canvas.height = high;
    this.#image = new ImageData(wide, high + 2 * edge);
    this.#picture = new ShiftedPicture(new Int32Array(this.#image.data.buffer), wide);
  }

  paint(store: LaneStore, view: PictureView): void {
    if (!this.#image || !this.#context) return;
    const { window, layout, scroll, scale, palette, hiddenStates, now } = view;
    const grid = gridOf(window, this.canvas.width);
    const key = [store.answers, layout, scroll, scale, palette, hiddenStates, Math.round(now / grid.time)];
    const isNew = this.#picture.show(grid, key, (span, left) =>
      this.#paintRows(store, view, { span, time: grid.time, now, scale }, left),
    );
    if (isNew) this.#context.putImageData(this.#image, 0, -this.#edge);
  }

  #paintRows(store: LaneStore, view: PictureView, paint: SpanPaint, left: number): void {
    const { layout, scroll, scale, palette } = view;
    const hidden = new Set(view.hiddenStates);
    const { first, end } = layout.visible(scroll, this.canvas.height / scale);
    for (let index = first; index < end; index += 1) {
      const row = layout.rows[index];
      const lane = row && row.kind !== 'area' ? store.get(row) : undefined;
      if (!row || row.kind === 'area' || !lane) continue;
      const place = { left, ...this.#rowsOf(layout, index, view) };
      this.#painter.paint(layered(row, lane, palette, hidden), paint, this.#picture.surface, place);
    }
  }

  #rowsOf(layout: RowLayout, index: number, { scroll, scale }: PictureView): Omit<LanePlace, 'left'> {
    const top = Math.round((layout.top(index) + LANE_MARGIN - scroll) * scale);
    const height = Math.round((layout.heightOf(index) - 2 * LANE_MARGIN) * scale);
    return { top: top + this.#edge, height };
  }
}

function layered(row: LaneRow, lane: LaneData, palette: Palette, hidden: ReadonlySet<string>): LayeredLane {
  const looks = lane.states.map((state) => stateLook(state, hidden));
  const isOccupied = row.kind === 'occupied';
  const states = lane.states.map(({ name }, index) =>
    isOccupied ? palette.occupied : palette.state(looks[index] ?? 'rest', name),
  );
  // When nobody was there is no gap.
  return { layers: lane.layers, looks, colors: { ...palette, states }, isNumeric: lane.numeric, hasGaps: !isOccupied };
}
