import uPlot from 'uplot';
import type { Format } from '../../core/format';
import { timeTicks, type TimeTick } from '../../core/timeline/timeTicks';
import type { TimeWindow } from '../../core/timeline/timeWindow';
import { themeColor } from '../theme';

/** Pixels of CSS above the lanes, for the axis. */
export const AXIS_HEIGHT = 28;

/** Pixels of CSS that a label of the axis has at least. */
const LABEL_SPACE = 84;

export interface ChartSettings {
  readonly format: Format;
  readonly timeZone: string;
  /** The lanes, which lie under the axis' grid. */
  readonly canvas: HTMLCanvasElement;
  /** Called at every frame, to paint the lanes. Device pixels. */
  paint(width: number, height: number, scale: number): void;
  /** The pointer is at a place over the lanes, in pixels of CSS; null when it left. */
  hover(place: { readonly left: number; readonly top: number } | null): void;
}

/** Axis, grid and cursor over the lanes. */
export class TimelineChart {
  readonly #plot: uPlot;
  #ticks: readonly TimeTick[] = [];

  constructor(host: HTMLElement, settings: ChartSettings) {
    const { canvas, format, timeZone } = settings;
    this.#plot = new uPlot(
      {
        width: Math.max(1, host.clientWidth),
        height: Math.max(1, host.clientHeight),
        padding: [0, 0, 0, 0],
        legend: { show: false },
        cursor: {
          y: false,
          points: { show: false },
          drag: { x: false, y: false, setScale: false },
          // Buttons of the pointer are for gestures.ts.
          bind: { mousedown: () => null, mouseup: () => null, click: () => null, dblclick: () => null },
        },
        // The limits are ours to set: uPlot rounds nothing, and knows of no data but two moments.
        scales: { x: { time: false, range: (_plot, low, high) => [low, high] }, y: { range: [0, 1] } },
        series: [{}, { show: false }],
        axes: [
          {
            side: 0,
            size: AXIS_HEIGHT,
            gap: 4,
            align: 1,
            font: `12px ${getComputedStyle(document.body).fontFamily}`,
            stroke: () => themeColor('foreground'),
            grid: { stroke: () => `color-mix(in srgb, ${themeColor('foreground')} 16%, transparent)`, width: 1 },
            ticks: { stroke: () => `color-mix(in srgb, ${themeColor('foreground')} 50%, transparent)`, width: 1, size: 6 },
            splits: (plot, _axis, low, high) => {
              this.#ticks = timeTicks(low, high, plot.width / LABEL_SPACE, timeZone, format);
              return this.#ticks.map(({ at }) => at);
            },
            values: () => this.#ticks.map(({ label }) => label),
          },
          { show: false },
        ],
        hooks: {
          draw: [(plot) => settings.paint(plot.bbox.width, plot.bbox.height, uPlot.pxRatio)],
          setCursor: [({ cursor: { left = -1, top = -1 } }) => settings.hover(left < 0 ? null : { left, top })],
        },
      },
      [
        [0, 1],
        [0, 0],
      ],
      host,
    );
    this.#plot.under.append(canvas);
  }

  /** What the pointer is over. */
  get over(): HTMLElement {
    return this.#plot.over;
  }

  /** Draws what is to be seen, at once. */
  draw({ from, to }: TimeWindow): void {
    this.#plot.batch(() => this.#plot.setScale('x', { min: from / 1000, max: to / 1000 }));
  }

  /** @param width pixels of CSS @param height pixels of CSS, with the axis */
  resize(width: number, height: number): void {
    this.#plot.setSize({ width: Math.max(1, width), height: Math.max(1, height) });
  }
}
