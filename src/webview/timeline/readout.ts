import type { Format } from '../../core/format';
import { stretchAt } from '../../core/timeline/laneMoments';
import type { LaneRow } from '../../core/timeline/timelineRows';
import type { TimeWindow } from '../../core/timeline/timeWindow';
import type { LaneMoment } from '../../core/timeline/timelineAnswers';
import type { TimelineRequests } from '../../protocol/timelineRequests';
import type { Link } from '../link';
import { element } from '../element';
import type { LaneData } from './laneStore';
import type { ViewState } from './viewState';

/** ms that a place must be rested on before it is asked for exactly. */
const PAUSE = 120;

/** A place in a lane: what is known of it at once, and what is to be asked of it. */
export interface Spot {
  readonly moment: LaneMoment;
  /** Said until the exact answer is there. */
  readonly lines: readonly string[];
}

/** @param columnTime µs of a column of pixels */
export function spotAt(
  row: LaneRow,
  lane: LaneData | undefined,
  at: number,
  window: TimeWindow,
  columnTime: number,
  format: Format,
): Spot {
  const layer = lane?.layers.find(({ from, to }) => from <= at && at < to);
  const stretch = layer && stretchAt(layer.boxes, at, layer);
  const name = row.kind === 'entity' ? row.fullName : `Occupied: ${row.area}`;
  const column = window.from + Math.floor((at - window.from) / columnTime) * columnTime;
  const isWide = stretch !== undefined && stretch.to - stretch.from > columnTime;
  const [from, to] = isWide ? [stretch.from, stretch.to] : [column, column + columnTime];
  const states = stretch?.states.map((state) => lane?.states[state]?.name ?? '') ?? [];
  const what =
    stretch === undefined
      ? '…'
      : states.length > 0
        ? states.join(', ')
        : row.kind === 'entity'
          ? 'nothing known'
          : 'not occupied';
  return {
    moment: {
      name,
      area: row.area,
      entity: row.kind === 'entity' ? { entityId: row.entityId, entityType: row.entityType } : null,
      at: Math.floor(at),
      from: Math.floor(from),
      to: Math.max(Math.floor(from) + 1, Math.ceil(to)),
      isOne: isWide && states.length === 1,
    },
    lines: [name, format.momentOf(at / 1000), what],
  };
}

/** What is said of the place under the pointer, beside it, and of that of the keyboard's cursor, in a line that is read aloud. */
export class Readout {
  readonly tip = element('div', { className: 'tip', hidden: true });
  readonly status = element('div', { className: 'status', role: 'status', ariaLive: 'polite' });
  readonly #link: Link<TimelineRequests, ViewState>;
  readonly #asking = new Map<HTMLElement, { readonly timer: ReturnType<typeof setTimeout>; readonly abort: AbortController }>();

  constructor(link: Link<TimelineRequests, ViewState>) {
    this.#link = link;
  }

  /** @param place pixels of CSS in the window; null hides it */
  hover(spot: Spot | undefined, place: { readonly left: number; readonly top: number }): void {
    this.#stop(this.tip);
    this.tip.hidden = spot === undefined;
    if (!spot) return;
    this.#write(this.tip, spot.lines);
    this.#place(place);
    this.#ask(this.tip, spot, () => this.#place(place));
  }

  say(spot: Spot): void {
    this.#stop(this.status);
    this.#ask(this.status, spot, () => {});
  }

  #ask(target: HTMLElement, { moment }: Spot, written: () => void): void {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      this.#link.request('describe', moment, abort.signal).then(
        (lines) => {
          if (abort.signal.aborted) return;
          this.#write(target, lines);
          written();
        },
        // What cannot be read is said where the lanes are.
        () => {},
      );
    }, PAUSE);
    this.#asking.set(target, { timer, abort });
  }

  #stop(target: HTMLElement): void {
    const asking = this.#asking.get(target);
    clearTimeout(asking?.timer);
    asking?.abort.abort();
    this.#asking.delete(target);
  }

  #write(target: HTMLElement, lines: readonly string[]): void {
    target.replaceChildren(...lines.map((line) => element('div', { dir: 'auto' }, line)));
  }

  /** Beside the pointer, on the side where there is room. */
  #place({ left, top }: { readonly left: number; readonly top: number }): void {
    const { offsetWidth: width, offsetHeight: height, style } = this.tip;
    style.left = `${Math.max(4, left + 16 + width > window.innerWidth ? left - 16 - width : left + 16)}px`;
    style.top = `${Math.max(4, top + 20 + height > window.innerHeight ? top - 12 - height : top + 20)}px`;
  }
}
