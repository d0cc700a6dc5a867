import { asOccupancyError } from '../../core/errors';
import type { RowLayout } from '../../core/timeline/rowLayout';
import type { TimelineOutline } from '../../core/timeline/timelineOutline';
import { type LaneRow, outlineTypes } from '../../core/timeline/timelineRows';
import type { TimelineRequests } from '../../protocol/timelineRequests';
import type { Link } from '../link';
import { LaneReader, type Seen } from './laneReader';
import { LaneStore } from './laneStore';
import { noteOf } from './notes';
import type { ViewState } from './viewState';

export interface ContentSettings {
  /** What is seen, and so wanted. */
  seen(): Seen;
  /** Other lanes are there. */
  outlined(): void;
  /** Something can be drawn that could not, or has to be said. */
  answered(): void;
}

/** What is known of the database: which lanes there are, what is in them, and what went wrong. */
export class TimelineContent {
  readonly store = new LaneStore();
  readonly #link: Link<TimelineRequests, ViewState>;
  readonly #settings: ContentSettings;
  readonly #reader: LaneReader;
  #outline: TimelineOutline | undefined;
  #types: readonly string[] = [];
  #version: string | null = null;
  #fault: string | undefined;

  constructor(link: Link<TimelineRequests, ViewState>, settings: ContentSettings) {
    this.#link = link;
    this.#settings = settings;
    this.#reader = new LaneReader(
      link,
      this.store,
      () => settings.seen(),
      (error) => this.#answered(error),
    );
  }

  get outline(): TimelineOutline {
    return this.#outline ?? { areas: [] };
  }

  /** Of the entities there are, in the order of the lanes. Asked at every frame, and there may be thousands of entities. */
  get types(): readonly string[] {
    return this.#types;
  }

  /** Reads what there is anew: at first, and after the database changed. */
  async read(): Promise<void> {
    this.store.outdate();
    try {
      const answer = await this.#link.request('outline', this.#version);
      if (answer) {
        this.#version = answer.version;
        this.#outline = answer.outline;
        this.#types = outlineTypes(answer.outline);
      }
      this.#fault = undefined;
      if (answer) this.#settings.outlined();
    } catch (error) {
      this.fail(error);
    }
    this.#reader.moved(0);
  }

  /** What is seen has changed. */
  moved(): void {
    this.#reader.moved();
  }

  fail(error: unknown): void {
    const { message, nextStep } = asOccupancyError(error);
    this.#fault = `${message} ${nextStep}`;
    this.#settings.answered();
  }

  /** What is to be said over the lanes; null where they speak for themselves. */
  note(layout: RowLayout): readonly (Node | string)[] | null {
    const sync = (): void => void this.#link.request('sync', null).catch((error: unknown) => this.fail(error));
    const seen = this.#settings.seen();
    return noteOf({ fault: this.#fault, outline: this.#outline, layout, seen, store: this.store, sync });
  }

  /** The states that occur in lanes, but for numbers. */
  statesOf(rows: readonly LaneRow[]): string[] {
    const names = rows.flatMap((row) => {
      const lane = row.kind === 'entity' ? this.store.get(row) : undefined;
      return lane?.states.slice(lane.numeric ? 1 : 0).map(({ name }) => name) ?? [];
    });
    return [...new Set(names)].toSorted();
  }

  #answered(error?: unknown): void {
    if (error !== undefined) return this.fail(error);
    this.#fault = undefined;
    this.#settings.answered();
  }
}
