import type { Format } from '../../core/format';
import { RowLayout } from '../../core/timeline/rowLayout';
import { readAddress, subjectName, type TimelineAddress, writeAddress } from '../../core/timeline/timelineAddress';
import { type LaneRow, timelineRows } from '../../core/timeline/timelineRows';
import { rangeBounds } from '../../core/timeline/timelineRange';
import type { TimelineRequests } from '../../protocol/timelineRequests';
import type { Link } from '../link';
import { DataTable, MOST_TABLE_LANES } from './dataTable';
import { listenToGestures } from './gestures';
import { keyAction, KEYS } from './keyboard';
import type { Seen } from './laneReader';
import { lanesOf } from './laneStore';
import { makeLegend } from './legend';
import { type LanePlace, Navigation } from './navigation';
import { Readout, type Spot, spotAt } from './readout';
import { isShow } from './showEvent';
import { TimelineContent } from './timelineContent';
import { type StageView, TimelineStage } from './timelineStage';
import { Toolbar } from './toolbar';
import { readViewState, type ViewState } from './viewState';

/** ms after a move until it, and what followed, is kept. */
const PAUSE = 300;

/** ms between two drawings that move the line of the present. */
const TICK = 30_000;

/** The page of a timeline. */
export class TimelineView {
  readonly #link: Link<TimelineRequests, ViewState>;
  readonly #format: Format;
  readonly #timeZone: string;
  readonly #navigation: Navigation;
  readonly #content: TimelineContent;
  readonly #readout: Readout;
  readonly #toolbar: Toolbar;
  readonly #legend = makeLegend();
  readonly #table = new DataTable();
  readonly #stage: TimelineStage;
  /** Before that, nothing is kept: what was kept is still to be taken up. */
  #isStarted = false;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #said = '';

  constructor(link: Link<TimelineRequests, ViewState>, format: Format, timeZone: string) {
    this.#link = link;
    this.#format = format;
    this.#timeZone = timeZone;
    this.#content = new TimelineContent(link, {
      seen: () => this.#seen,
      outlined: () => this.#layRows(),
      answered: () => this.#changed(),
    });
    const state = readViewState(link.state, rangeBounds(this.#address.range, timeZone));
    this.#navigation = new Navigation(
      {
        timeZone,
        store: this.#content.store,
        stage: () => this.#stage,
        changed: () => this.#changed(),
        reveal: (place) => this.#ask(this.#link.request('reveal', this.#spot(place).moment)),
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
      export: () => this.#ask(this.#link.export(this.#currentAddress)),
      asText: () => this.#ask(this.#link.showAsText(this.#currentAddress)),
    });
    document.body.append(this.#toolbar.root, this.#legend);
    this.#stage = new TimelineStage(document.body, {
      format,
      timeZone,
      store: this.#content.store,
      view: () => this.#view,
      drawn: () => this.#showState(),
      scrolled: () => this.#changed(),
      resized: () => this.#changed(),
      hover: (place) => this.#hover(place),
    });
    document.body.append(this.#table.root, this.#readout.status, this.#readout.tip);
    listenToGestures(this.#stage.over, this.#navigation);
    document.addEventListener('keydown', (event) => this.#press(event));
  }

  start(): void {
    this.#stage.scroller.setAttribute('aria-label', `${subjectName(this.#address.subject)}. ${KEYS}`);
    this.#link.onChanged(() => void this.#content.read());
    this.#link.onEvent((event) => {
      if (isShow(event)) void this.#show(event.address);
    });
    setInterval(() => this.#stage.invalidate(), TICK);
    window.addEventListener('pagehide', () => {
      if (this.#keeping !== undefined) void this.#keep();
    });
    void this.#content.read().then(() => {
      this.#isStarted = true;
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
      hiddenStates: state.hiddenStates,
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

  #layRows(): void {
    const { text, hiddenTypes } = this.#navigation.state;
    const layout = new RowLayout(timelineRows(this.#content.outline, { text, hiddenTypes }));
    this.#stage.setHeight(layout.height);
    this.#navigation.layout = layout;
  }

  #filter(change: Partial<ViewState>): void {
    this.#navigation.change(change);
    this.#layRows();
  }

  #changed(): void {
    this.#stage.invalidate();
    this.#content.moved();
    this.#sayCursor();
    if (!this.#isStarted) return;
    // Not put off by the next change: answers that keep coming would put it off until the page is gone.
    this.#keeping ??= setTimeout(() => void this.#keep(), PAUSE);
  }

  async #keep(): Promise<void> {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    this.#link.keep({ ...this.#navigation.state, scroll: this.#stage.scroll });
    const address = this.#currentAddress;
    if (address !== this.#link.address) await this.#link.setAddress(address);
    await this.#drawTable();
  }

  #showState(): void {
    const { state, range, layout } = this.#navigation;
    const { asTable, text, hiddenTypes, hiddenStates } = state;
    this.#toolbar.set({
      asTable,
      text,
      hiddenTypes,
      hiddenStates,
      when: this.#when,
      length: range.length,
      day: range.day,
      types: this.#content.types,
      states: this.#content.statesOf(this.#seen.rows),
    });
    this.#stage.root.hidden = asTable;
    this.#legend.hidden = asTable;
    this.#table.root.hidden = !asTable;
    this.#stage.note(this.#content.note(layout));
  }

  get #when(): string {
    const { from, to } = this.#navigation.state.window;
    const offset = this.#format.offset(from / 1000);
    return `${this.#format.minute(from / 1000)} – ${this.#format.minute(to / 1000)}, ${this.#timeZone === 'UTC' ? 'UTC' : `${this.#timeZone} (${offset})`}`;
  }

  #spot({ row, at }: LanePlace): Spot {
    const { state, columnTime } = this.#navigation;
    return spotAt(row, this.#content.store.get(row), at, state.window, columnTime, this.#format);
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
    // What can be typed into or pressed has keys of its own.
    if (event.target instanceof Element && event.target.closest('input, button, summary, .table')) return;
    const action = keyAction(event, this.#navigation);
    if (!action) return;
    event.preventDefault();
    action();
  }

  /** Says what is wrong with what the user asked for. */
  #ask(asked: Promise<void>): void {
    asked.catch((error: unknown) => this.#content.fail(error));
  }

  async #show(address: string): Promise<void> {
    await this.#link.setAddress(address);
    this.#navigation.goTo(this.#address.range);
    this.#focus();
  }

  #focus(): void {
    const { focus } = this.#address;
    if (focus) this.#navigation.focus(focus);
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
      this.#content.fail(error);
    }
  }
}
