import { asOccupancyError } from '../../core/errors';
import type { Format } from '../../core/format';
import { RowLayout } from '../../core/timeline/rowLayout';
import { readAddress, type TimelineAddress, writeAddress } from '../../core/timeline/timelineAddress';
import type { TimelineOutline } from '../../core/timeline/timelineOutline';
import { type LaneRow, outlineTypes, timelineRows } from '../../core/timeline/timelineRows';
import { windowOf } from '../../core/timeline/timeWindow';
import type { ShowEvent, TimelineRequests } from '../../protocol/timelineRequests';
import type { Link } from '../link';
import { DataTable, MOST_TABLE_LANES } from './dataTable';
import { listenToGestures } from './gestures';
import { keyAction } from './keyboard';
import { LaneReader, type Seen } from './laneReader';
import { lanesOf, LaneStore } from './laneStore';
import { makeLegend } from './legend';
import { type LanePlace, Navigation } from './navigation';
import { noteOf } from './notes';
import { Readout, type Spot, spotAt } from './readout';
import { type StageView, TimelineStage } from './timelineStage';
import { Toolbar } from './toolbar';
import { readViewState, type ViewState } from './viewState';

/** ms after a move until it is kept. */
const PAUSE = 300;

/** ms between two drawings that move the line of the present. */
const TICK = 30_000;

/** The page of a timeline. */
export class TimelineView {
  readonly #link: Link<TimelineRequests, ViewState>;
  readonly #format: Format;
  readonly #timeZone: string;
  readonly #store = new LaneStore();
  readonly #navigation: Navigation;
  readonly #reader: LaneReader;
  readonly #readout: Readout;
  readonly #toolbar: Toolbar;
  readonly #legend = makeLegend();
  readonly #table = new DataTable();
  readonly #stage: TimelineStage;
  #outline: TimelineOutline | undefined;
  #version: string | null = null;
  #fault: string | undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #said = '';

  constructor(link: Link<TimelineRequests, ViewState>, format: Format, timeZone: string) {
    this.#link = link;
    this.#format = format;
    this.#timeZone = timeZone;
    const state = readViewState(link.state, windowOf(this.#address.range, timeZone));
    this.#navigation = new Navigation(
      {
        timeZone,
        store: this.#store,
        stage: () => this.#stage,
        changed: () => this.#changed(),
        reveal: (place) => void this.#reveal(place),
        askDate: () => this.#toolbar.focusDate(),
      },
      state,
    );
    this.#readout = new Readout(link);
    this.#toolbar = new Toolbar({
      show: (length) => this.#navigation.show(length),
      move: (steps) => this.#navigation.move(steps),
      today: () => this.#navigation.today(),
      goTo: (day) => this.#navigation.goToDay(day),
      filterText: (text) => this.#filter({ text }),
      hideTypes: (hiddenTypes) => this.#filter({ hiddenTypes }),
      hideStates: (hiddenStates) => this.#filter({ hiddenStates }),
      toggleTable: () => this.#navigation.change({ asTable: !this.#navigation.state.asTable }),
      asText: () => void this.#link.showAsText(this.#currentAddress),
    });
    document.body.append(this.#toolbar.root, this.#legend);
    this.#stage = new TimelineStage(document.body, {
      format,
      timeZone,
      store: this.#store,
      view: () => this.#view,
      scrolled: () => this.#changed(),
      resized: () => this.#changed(),
      hover: (place) => this.#hover(place),
    });
    document.body.append(this.#table.root, this.#readout.status, this.#readout.tip);
    this.#reader = new LaneReader(
      link,
      this.#store,
      () => this.#seen,
      (error) => this.#answered(error),
    );
    listenToGestures(this.#stage.over, this.#navigation);
    this.#stage.scroller.addEventListener('keydown', (event) => this.#press(event));
  }

  start(): void {
    this.#link.onChanged(() => void this.#readOutline());
    this.#link.onEvent((event) => {
      if (isShow(event)) void this.#show(event.address);
    });
    setInterval(() => this.#stage.invalidate(), TICK);
    void this.#readOutline().then(() => {
      this.#stage.scroll = this.#navigation.state.scroll;
      this.#focus();
    });
  }

  get #address(): TimelineAddress {
    const address = readAddress(this.#link.address);
    if (!address) throw new Error('The address of this page is none of a timeline.');
    return address;
  }

  /** As what is seen is known elsewhere. */
  get #currentAddress(): string {
    const { database, subject } = this.#address;
    return writeAddress({ database, subject, range: this.#navigation.range });
  }

  get #view(): StageView {
    const { state, layout, cursor } = this.#navigation;
    const spot = cursor && this.#spot(cursor);
    const row = state.cursor && layout.indexOf(state.cursor.row);
    return {
      window: state.window,
      layout,
      hiddenStates: new Set(state.hiddenStates),
      cursor: spot && typeof row === 'number' ? { row, from: spot.moment.from, to: spot.moment.to } : undefined,
    };
  }

  /** The lanes that can be seen. */
  get #seen(): Seen {
    const { layout, state, columnTime } = this.#navigation;
    const { first, end } = layout.visible(this.#stage.scroll, this.#stage.height);
    const rows = layout.rows.slice(first, end).filter((row): row is LaneRow => row.kind !== 'area');
    return { rows, window: state.window, resolution: columnTime };
  }

  async #readOutline(): Promise<void> {
    this.#store.outdate();
    try {
      const answer = await this.#link.request('outline', this.#version);
      this.#fault = undefined;
      if (answer) {
        this.#version = answer.version;
        this.#outline = answer.outline;
        this.#layRows();
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#reader.moved(0);
  }

  #layRows(): void {
    const { text, hiddenTypes } = this.#navigation.state;
    const layout = new RowLayout(timelineRows(this.#outline ?? { areas: [] }, { text, hiddenTypes }));
    this.#stage.setHeight(layout.height);
    this.#navigation.layout = layout;
  }

  #filter(change: Partial<ViewState>): void {
    this.#navigation.change(change);
    this.#layRows();
  }

  #changed(): void {
    this.#stage.setHeight(this.#navigation.layout.height);
    this.#stage.invalidate();
    this.#reader.moved();
    this.#showState();
    this.#sayCursor();
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => void this.#keep(), PAUSE);
  }

  async #keep(): Promise<void> {
    this.#link.keep({ ...this.#navigation.state, scroll: this.#stage.scroll });
    const address = this.#currentAddress;
    if (address !== this.#link.address) await this.#link.setAddress(address);
    await this.#drawTable();
  }

  #answered(error?: unknown): void {
    if (error !== undefined) return this.#fail(error);
    this.#fault = undefined;
    this.#said = '';
    this.#changed();
  }

  #fail(error: unknown): void {
    const { message, nextStep } = asOccupancyError(error);
    this.#fault = `${message} ${nextStep}`;
    this.#showState();
  }

  #showState(): void {
    const { state, range, layout } = this.#navigation;
    const { asTable, text, hiddenTypes, hiddenStates } = state;
    const seen = this.#seen;
    this.#toolbar.set({
      ...{ asTable, text, hiddenTypes, hiddenStates, when: this.#when, length: range.length, day: range.day },
      types: outlineTypes(this.#outline ?? { areas: [] }),
      states: statesOf(seen.rows, this.#store),
    });
    this.#stage.root.hidden = asTable;
    this.#legend.hidden = asTable;
    this.#table.root.hidden = !asTable;
    const sync = (): void => void this.#link.request('sync', null).catch((error: unknown) => this.#fail(error));
    const facts = { fault: this.#fault, outline: this.#outline, layout, seen, store: this.#store, sync };
    this.#stage.note(noteOf(facts));
  }

  get #when(): string {
    const { from, to } = this.#navigation.state.window;
    const offset = this.#format.offset(from / 1000);
    return `${this.#format.minute(from / 1000)} – ${this.#format.minute(to / 1000)}, ${this.#timeZone === 'UTC' ? 'UTC' : `${this.#timeZone} (${offset})`}`;
  }

  #spot({ row, at }: LanePlace): Spot {
    const { state, columnTime } = this.#navigation;
    return spotAt(row, this.#store.get(row), at, state.window, columnTime, this.#format);
  }

  #sayCursor(): void {
    const { cursor } = this.#navigation;
    const spot = cursor && this.#spot(cursor);
    const said = JSON.stringify(spot ?? null);
    if (!spot || said === this.#said) return;
    this.#said = said;
    this.#readout.say(spot);
  }

  #hover(place: { readonly left: number; readonly top: number } | null): void {
    const found = place && this.#navigation.placeAt(place);
    const { left, top } = this.#stage.over.getBoundingClientRect();
    this.#readout.hover(found ? this.#spot(found) : undefined, { left: left + (place?.left ?? 0), top: top + (place?.top ?? 0) });
  }

  #press(event: KeyboardEvent): void {
    const action = keyAction(event, this.#navigation);
    if (!action) return;
    event.preventDefault();
    action();
  }

  async #reveal(place: LanePlace): Promise<void> {
    await this.#link.request('reveal', this.#spot(place).moment).catch((error: unknown) => this.#fail(error));
  }

  async #show(address: string): Promise<void> {
    await this.#link.setAddress(address);
    this.#navigation.goTo(this.#address.range);
    this.#focus();
  }

  #focus(): void {
    const { focus } = this.#address;
    if (focus) this.#navigation.focus(focus);
    this.#stage.scroller.focus();
  }

  async #drawTable(): Promise<void> {
    const { state, layout, columnTime } = this.#navigation;
    if (!state.asTable) return;
    const lanes = layout.rows.filter((row): row is LaneRow => row.kind !== 'area');
    const rows = lanes.slice(0, MOST_TABLE_LANES);
    const { window } = state;
    const params = lanesOf(rows, window, columnTime);
    try {
      if (rows.length > 0)
        this.#table.draw(rows, await this.#link.request('lanes', params), this.#when, lanes.length, this.#format);
    } catch (error) {
      this.#fail(error);
    }
  }
}

function isShow(event: { readonly event: string }): event is ShowEvent {
  return event.event === 'show';
}

/** The states that occur in the lanes, but for numbers. */
function statesOf(rows: readonly LaneRow[], store: LaneStore): string[] {
  const names = rows.flatMap((row) => {
    const lane = row.kind === 'entity' ? store.get(row) : undefined;
    return lane?.states.slice(lane.numeric ? 1 : 0).map(({ name }) => name) ?? [];
  });
  return [...new Set(names)].toSorted();
}
