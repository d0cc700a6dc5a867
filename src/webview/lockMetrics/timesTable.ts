import { bucketHeights, bucketLabels, bucketSizes } from '../../core/metrics/buckets';
import type { Distribution } from '../../core/metrics/distribution';
import type { MetricTimes } from '../../core/metrics/metricsWords';
import { secondsText } from '../../core/metrics/secondsText';
import { element } from '../element';

const HEADINGS = ['count', 'half', '90 %', '99 %', 'longest'];

/** How long each thing took, a row each: numbers, and how they are spread. */
export function timesTable(times: readonly MetricTimes[]): HTMLTableElement {
  const [[, first] = []] = times;
  const labels = first ? [...bucketLabels(first), ''] : [];
  const axis = labels.map((label) => element('span', { className: 'tick', textContent: label }));
  const spread = element('th', { scope: 'col', className: 'spread' }, element('span', { className: 'axis' }, ...axis));
  spread.setAttribute('aria-label', 'spread');
  const head = element('tr', {}, element('td'), ...HEADINGS.map(column), spread);
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...times.map(row)));
}

function column(name: string): HTMLElement {
  return element('th', { scope: 'col', textContent: name });
}

function row([name, distribution]: MetricTimes): HTMLElement {
  const { count, p50, p90, p99, max } = distribution;
  const values = [String(count), ...[p50, p90, p99, max].map((seconds) => secondsText(seconds))];
  return element(
    'tr',
    {},
    element('th', { scope: 'row', textContent: name }),
    ...values.map((value) => element('td', { textContent: value })),
    element('td', { className: 'spread' }, histogram(name, distribution)),
  );
}

/** A bar for each bucket. */
function histogram(name: string, distribution: Distribution): HTMLElement {
  const { buckets } = distribution;
  const sizes = bucketSizes(distribution);
  const rangeOf = (index: number): string => {
    const [bound, before] = [buckets[index], buckets[index - 1]];
    return bound ? `up to ${secondsText(bound.upTo)}` : `above ${secondsText(before?.upTo ?? 0)}`;
  };
  const bars = bucketHeights(distribution).map((height, index) => {
    const bar = element('span', { className: height === 0 ? 'bar none' : 'bar', title: `${rangeOf(index)}: ${sizes[index]}` });
    bar.style.setProperty('--height', String(height));
    return bar;
  });
  const made = element('span', { className: 'histogram' }, ...bars);
  made.setAttribute('role', 'img');
  made.setAttribute('aria-label', `${name}: most of them ${rangeOf(sizes.indexOf(Math.max(...sizes)))}`);
  return made;
}
