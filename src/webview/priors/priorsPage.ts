import { Format } from '../../core/format';
import type { PriorsWords } from '../../core/priors/describeSlot';
import { type PriorsAddress, readPriorsAddress, writePriorsAddress } from '../../core/priors/priorsAddress';
import { priorsView, type PriorsView } from '../../core/priors/priorsView';
import { untilNextSlot, type WeekSlot } from '../../core/priors/weekSlot';
import { WeekWords } from '../../core/priors/weekWords';
import { asOccupancyError } from '../../core/errors';
import type { PriorsRequests, PriorsStart } from '../../protocol/priorsProtocol';
import { button, element } from '../element';
import type { Link } from '../link';
import { AreaPickers } from './areaPickers';
import { differenceContent, weekContent } from './heatCells';
import { HeatMap } from './heatMap';
import { legend } from './legend';
import { readout } from './readout';

/** What is kept of the page: where the keyboard is. */
export interface PriorsState {
  readonly cursor: WeekSlot;
}

/** CSS pixels of a map below which its hours go down. */
const NARROW = 440;

/** The page of priors: pickers, a map for each area and for their difference, a legend, and what is said of one hour. */
export class PriorsPage {
  readonly #link: Link<PriorsRequests, PriorsState>;
  readonly #words: PriorsWords;
  readonly #timeZone: string;
  readonly #pickers = new AreaPickers((areas) => void this.#pick(areas));
  readonly #fault = element('p', { className: 'fault', hidden: true });
  readonly #area = element('main', { className: 'maps' });
  readonly #legend = element('footer');
  readonly #readout = element('aside', { className: 'readout' });
  #maps: readonly HeatMap[] = [];
  #priors: PriorsRequests['priors']['result'] | undefined;
  #view: PriorsView | undefined;
  #cursor: WeekSlot | undefined;
  #pointed: WeekSlot | null = null;
  #loading = new AbortController();

  constructor(link: Link<PriorsRequests, PriorsState>, { locale, timeZone }: PriorsStart) {
    this.#link = link;
    this.#timeZone = timeZone;
    this.#words = { format: new Format(locale, timeZone), week: new WeekWords(locale) };
    this.#cursor = keptCursor(link.state);
    const actions = element('div', { className: 'actions' });
    actions.append(
      button({ textContent: 'Export…' }, () => void this.#guard(() => link.export())),
      button({ textContent: 'Show as Text' }, () => void this.#guard(() => link.showAsText())),
    );
    this.#fault.setAttribute('role', 'alert');
    // Each cell says the same to a screen reader by itself.
    this.#readout.setAttribute('aria-hidden', 'true');
    const bar = element('header', {}, this.#pickers.element, actions);
    document.body.append(bar, this.#fault, this.#area, this.#legend, this.#readout);
    new ResizeObserver(() => this.#turn()).observe(this.#area);
    link.onChanged(() => void this.load());
    this.#waitForSlot();
  }

  /** Reads what the page shows; what is wrong is said above what was read last. */
  load(): Promise<void> {
    return this.#guard(async () => {
      this.#loading.abort();
      const { signal } = (this.#loading = new AbortController());
      const areas = this.#link.request('areas', null, signal);
      const priors = this.#link.request('priors', null, signal);
      // A name that is gone is seen in the list of those that are there.
      const names = await areas;
      const address = readPriorsAddress(this.#link.address);
      if (!signal.aborted && address) this.#pickers.draw(address, names);
      const read = await priors;
      if (signal.aborted) return;
      this.#priors = read;
      this.#draw();
    });
  }

  async #guard(run: () => Promise<void>): Promise<void> {
    try {
      await run();
      this.#fault.hidden = true;
    } catch (thrown) {
      const { code, message, nextStep } = asOccupancyError(thrown);
      if (code === 'CANCELLED') return;
      this.#fault.textContent = `${message} ${nextStep}`;
      this.#fault.hidden = false;
    }
  }

  #pick(areas: Pick<PriorsAddress, 'area' | 'other'>): Promise<void> {
    return this.#guard(async () => {
      const address = readPriorsAddress(this.#link.address);
      if (!address) return;
      await this.#link.setAddress(writePriorsAddress({ ...address, ...areas }));
      await this.load();
    });
  }

  #draw(): void {
    if (!this.#priors) return;
    const view = priorsView(this.#priors, Date.now(), this.#timeZone);
    this.#view = view;
    const contents = view.weeks.map((week) => weekContent(view, week, this.#words));
    if (view.differences) contents.push(differenceContent(view, this.#words));
    if (contents.length !== this.#maps.length) this.#makeMaps(contents.length);
    contents.forEach((content, index) => this.#maps[index]?.draw(content));
    this.#legend.replaceChildren(...legend(view, this.#words));
    this.#turn();
    this.#tell();
  }

  #makeMaps(count: number): void {
    const onFocus = (slot: WeekSlot): void => {
      this.#cursor = slot;
      this.#link.keep({ cursor: slot });
      this.#tell();
    };
    const onPoint = (slot: WeekSlot | null): void => {
      this.#pointed = slot;
      this.#tell();
    };
    this.#maps = Array.from({ length: count }, () => new HeatMap(this.#words.week, onFocus, onPoint));
    this.#area.replaceChildren(...this.#maps.map((map) => map.element));
  }

  #turn(): void {
    const width = this.#maps[0]?.element.clientWidth ?? 0;
    if (width === 0) return;
    for (const map of this.#maps) map.turn(width < NARROW);
    this.#mark();
  }

  #tell(): void {
    if (this.#view) this.#readout.replaceChildren(...readout(this.#view, this.#told(this.#view), this.#words));
    this.#mark();
  }

  #mark(): void {
    if (!this.#view) return;
    for (const map of this.#maps) map.mark(this.#cursor ?? this.#view.now, this.#told(this.#view));
  }

  /** The hour that is told of. */
  #told({ now }: PriorsView): WeekSlot {
    return this.#pointed ?? this.#cursor ?? now;
  }

  /** The hour that is marked moves on by itself. */
  #waitForSlot(): void {
    setTimeout(() => {
      this.#draw();
      this.#waitForSlot();
    }, untilNextSlot(Date.now()));
  }
}

/** Whatever was kept: an older release may have kept something else. */
function keptCursor({ cursor }: Partial<PriorsState>): WeekSlot | undefined {
  const isSound = Number.isInteger(cursor?.day) && Number.isInteger(cursor?.slot);
  return isSound ? cursor : undefined;
}
