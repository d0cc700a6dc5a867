import { asOccupancyError } from '../../core/errors';
import { ageText } from '../../core/lock/lockEvidence';
import { metricFacts, metricTimes, NOTHING_MEASURED } from '../../core/metrics/metricsWords';
import type { LockMetricsRequests } from '../../protocol/lockMetricsRequests';
import { button, element } from '../element';
import type { Link } from '../link';
import { timesTable } from './timesTable';

/** The page of lock metrics: what was counted, and a histogram for each thing that took time. It is drawn anew as they change. */
export class MetricsPage {
  readonly #link: Link<LockMetricsRequests, object>;
  readonly #title = element('h1');
  readonly #since = element('p', { className: 'faint' });
  readonly #fault = element('p', { className: 'fault', hidden: true });
  readonly #facts = element('dl');
  readonly #times = element('section');
  #drawn = '';

  constructor(link: Link<LockMetricsRequests, object>) {
    this.#link = link;
    this.#fault.setAttribute('role', 'alert');
    const actions = element(
      'div',
      { className: 'actions' },
      button({ textContent: 'Reset' }, () => void this.#reset()),
      button({ textContent: 'Export…' }, () => void this.#guard(() => link.export())),
      button({ textContent: 'Show as Text' }, () => void this.#guard(() => link.showAsText())),
    );
    const heading = element('div', {}, this.#title, this.#since);
    document.body.append(element('header', {}, heading, actions), this.#fault, this.#facts, this.#times);
    link.onChanged(() => void this.load());
  }

  /** Reads what the page shows; what is wrong is said above what was read last. */
  load(): Promise<void> {
    return this.#guard(async () => this.#draw(await this.#link.request('metrics', null)));
  }

  #reset(): Promise<void> {
    return this.#guard(async () => {
      await this.#link.request('reset', null);
      await this.load();
    });
  }

  #draw({ name, metrics }: LockMetricsRequests['metrics']['result']): void {
    this.#title.textContent = `Lock of ${name}`;
    this.#since.textContent = `counted for ${ageText((metrics.at - metrics.since) / 1000)} by process ${metrics.pid}`;
    const [facts, times] = [metricFacts(metrics), metricTimes(metrics)];
    // What did not change stays as it is, with what is selected in it.
    const drawn = JSON.stringify([facts, times]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#facts.replaceChildren(
      ...facts.flatMap(([fact, value]) => [element('dt', { textContent: fact }), element('dd', { textContent: value })]),
    );
    this.#times.replaceChildren(times.length > 0 ? timesTable(times) : element('p', { textContent: NOTHING_MEASURED }));
  }

  async #guard(run: () => Promise<void>): Promise<void> {
    try {
      await run();
      this.#fault.hidden = true;
    } catch (thrown) {
      const { message, nextStep } = asOccupancyError(thrown);
      this.#fault.textContent = `${message} ${nextStep}`;
      this.#fault.hidden = false;
    }
  }
}
