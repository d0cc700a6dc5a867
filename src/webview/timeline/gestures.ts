/** What pointer and wheel ask for. Places are pixels of CSS over the lanes. */
export interface GestureTarget {
  /** @param factor below 1 shows less */
  zoom(factor: number, left: number): void;
  /** To the right and downwards, as far as the pointer went. */
  drag(right: number, down: number): void;
  click(left: number, top: number): void;
  doubleClick(): void;
}

/** A pointer that moved less than this has clicked. */
const CLICK_DISTANCE = 4;
/** ms in which a second click makes a double one. */
const DOUBLE_CLICK = 250;
/** Pixels of a line, where a wheel counts in lines. */
const LINE = 16;

/** Pan by dragging, zoom by the wheel or two fingers, click and double click. */
export function listenToGestures(over: HTMLElement, target: GestureTarget): void {
  listenToWheel(over, target);
  const pointers = new Map<number, PointerEvent>();
  let moved = 0;
  let clicking: ReturnType<typeof setTimeout> | undefined;

  over.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    over.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, event);
    if (pointers.size === 1) moved = 0;
  });
  over.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const other = [...pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    pointers.set(event.pointerId, event);
    const [right, down] = [event.clientX - before.clientX, event.clientY - before.clientY];
    moved += Math.abs(right) + Math.abs(down);
    if (other) target.zoom(distance(before, other) / distance(event, other), (event.clientX + other.clientX) / 2 - leftOf(over));
    else if (moved >= CLICK_DISTANCE) target.drag(right, down);
  });
  const release = (event: PointerEvent): void => {
    const isLast = pointers.delete(event.pointerId) && pointers.size === 0;
    if (!isLast || event.type !== 'pointerup' || moved >= CLICK_DISTANCE) return;
    const { left, top } = over.getBoundingClientRect();
    if (clicking !== undefined) {
      clearTimeout(clicking);
      clicking = undefined;
      return target.doubleClick();
    }
    // A click leads to another view, so it waits for whether a second one follows.
    clicking = setTimeout(() => {
      clicking = undefined;
      target.click(event.clientX - left, event.clientY - top);
    }, DOUBLE_CLICK);
  };
  over.addEventListener('pointerup', release);
  over.addEventListener('pointercancel', release);
}

function listenToWheel(over: HTMLElement, target: GestureTarget): void {
  over.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      const [x, y] = [event.deltaX * unit, event.deltaY * unit];
      if (event.altKey) return target.drag(0, -y);
      if (event.shiftKey) return target.drag(-(x || y), 0);
      if (Math.abs(x) > Math.abs(y)) return target.drag(-x, 0);
      // A pinch comes as a wheel with ctrl, in small steps.
      return target.zoom(Math.exp(y * (event.ctrlKey ? 0.01 : 0.002)), event.clientX - leftOf(over));
    },
    { passive: false },
  );
}

function leftOf(element: HTMLElement): number {
  return element.getBoundingClientRect().left;
}

function distance(one: PointerEvent, other: PointerEvent): number {
  return Math.max(1, Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY));
}
