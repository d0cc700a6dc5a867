import type { RangeLength } from '../../core/timeline/timelineRange';

/** What keys ask for. */
export interface KeyTarget {
  /** To the next state of the lane, or a column of pixels. */
  step(by: 1 | -1): void;
  stepLane(by: 1 | -1): void;
  page(by: 1 | -1): void;
  /** To the first or the last moment that is seen. */
  toEdge(which: 'first' | 'last'): void;
  zoomAtCursor(factor: number): void;
  reveal(): void;
  move(steps: 1 | -1): void;
  today(): void;
  show(length: RangeLength): void;
  askDate(): void;
}

const ZOOM = 1.5;

/** What keys do, for who cannot see the buttons. */
export const KEYS =
  'Timeline. Arrow keys move the cursor through states and lanes, plus and minus zoom, p and n move, d, w and m show a day, a week and four weeks, t today, g goes to a date, Enter shows the interval in its view.';

/** What a key does; undefined for one that is not ours. */
export function keyAction(event: KeyboardEvent, target: KeyTarget): (() => void) | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const actions: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => target.step(-1),
    ArrowRight: () => target.step(1),
    ArrowUp: () => target.stepLane(-1),
    ArrowDown: () => target.stepLane(1),
    PageUp: () => target.page(-1),
    PageDown: () => target.page(1),
    Home: () => target.toEdge('first'),
    End: () => target.toEdge('last'),
    Enter: () => target.reveal(),
    '+': () => target.zoomAtCursor(1 / ZOOM),
    '=': () => target.zoomAtCursor(1 / ZOOM),
    '-': () => target.zoomAtCursor(ZOOM),
    p: () => target.move(-1),
    n: () => target.move(1),
    t: () => target.today(),
    d: () => target.show('day'),
    w: () => target.show('week'),
    m: () => target.show('fourWeeks'),
    g: () => target.askDate(),
  };
  return actions[event.key];
}
