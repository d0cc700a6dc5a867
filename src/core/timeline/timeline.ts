/** What a timeline shows: the lanes of an area, or the one of an entity, over a range of time. */
export interface TimelineQuery {
  readonly area?: string;
  readonly entity?: string;
  /** Naive UTC text; `to` is exclusive. */
  readonly from: string;
  readonly to: string;
  /** Width of the cells that short boxes are merged in, ms, above 0. The answer has a multiple of it where it would be too large. */
  readonly resolution: number;
}

/** A range of time drawn as lanes of boxes. Plain data that crosses processes as it is: at most about 200 kB. */
export interface Timeline {
  /** µs since the epoch; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** Width of a cell, µs: the one asked for, or a multiple of it. */
  readonly resolution: number;
  /** When the area was occupied; null in a timeline of one entity. */
  readonly occupied: OccupiedLane | null;
  /** Ordered by type, then id. */
  readonly lanes: readonly TimelineLane[];
  /** Entities of the area that were left out because there are too many. */
  readonly omitted: number;
}

export interface Lane {
  /** Every state that occurs in the boxes, which name it by its place here. */
  readonly states: readonly LaneState[];
  /** See packBoxes.ts. */
  readonly boxes: Uint8Array;
}

/** Where the occupied time comes from: AOD's own cache, the motion sensors with short gaps bridged, or each where the other is silent. */
export interface OccupiedLane extends Lane {
  readonly source: 'cache' | 'motion' | 'both';
}

export interface TimelineLane extends Lane {
  readonly entityId: string;
  readonly entityType: string;
  /** Whether it is drawn as a line: then state 0 stands for every number, and boxes have a value. */
  readonly numeric: boolean;
}

export interface LaneState {
  readonly name: string;
  /** Whether it counts as active for the entity's type. */
  readonly active: boolean;
}

/** A stretch of a lane. Boxes of a lane are in order and do not overlap; where no box is, nothing is known. */
export interface Box {
  /** µs since the epoch; `end` is exclusive, and equal to `start` for a state that lasted no time. */
  readonly start: number;
  readonly end: number;
  /** One for a state, several where short boxes were merged. Together no longer than the box: the rest is unknown. */
  readonly parts: readonly BoxPart[];
  /** Intervals drawn first in this box: over all boxes of a lane, each interval once. */
  readonly intervals: number;
  /** Whether intervals of different states overlap in it; the one that began last is drawn. */
  readonly overlaps: boolean;
  /** What the numbers in it were; null without one. */
  readonly value: BoxValue | null;
}

export interface BoxPart {
  /** Place in the lane's states. */
  readonly state: number;
  /** µs */
  readonly duration: number;
}

export interface BoxValue {
  readonly low: number;
  readonly high: number;
  /** Each number weighted by how long it was so. */
  readonly mean: number;
}
