import type { LaneState, OccupiedLane } from './timeline';

/** Lanes to draw, as many as can be seen at once: of some areas when they were occupied, and some entities. */
export interface LanesQuery {
  /** Areas whose occupied time is wanted. */
  readonly occupied: readonly string[];
  readonly entities: readonly LaneEntity[];
  /** Naive UTC text; `to` is exclusive. */
  readonly from: string;
  readonly to: string;
  /** Width of the cells that short boxes are merged in, ms, above 0. The answer has a multiple of it where it would be too large. */
  readonly resolution: number;
}

export interface LaneEntity {
  readonly entityId: string;
  readonly entityType: string;
}

/** Lanes to be drawn, in the order asked for. Plain data that crosses processes as it is: at most about 200 kB. */
export interface Lanes {
  /** µs since the epoch; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** Width of a cell, µs. */
  readonly resolution: number;
  /** What the times of boxes are counted in, µs: a small part of a cell. */
  readonly unit: number;
  readonly occupied: readonly SketchedArea[];
  readonly entities: readonly SketchedEntity[];
}

/** A lane whose boxes are as exact as a drawing needs, and whose sums are exact. */
export interface SketchedLane {
  /** Every state that occurs in the boxes, which name it by its place here. */
  readonly states: readonly LaneState[];
  /** µs in each of the states, over the whole range. */
  readonly durations: readonly number[];
  /** Intervals in the range. */
  readonly intervals: number;
  /** Lowest and highest number; null without any. */
  readonly low: number | null;
  readonly high: number | null;
  /** See sketchBoxes.ts. */
  readonly boxes: Uint8Array;
}

export interface SketchedArea extends SketchedLane {
  readonly area: string;
  readonly source: OccupiedLane['source'];
}

export interface SketchedEntity extends SketchedLane, LaneEntity {
  /** Whether it is drawn as a line: then state 0 stands for every number, and boxes have a value. */
  readonly numeric: boolean;
}
