import { ageText } from '../lock/lockEvidence';
import type { PlotSpan } from '../text/plotSpan';
import { PlotWriter } from '../text/plotWriter';
import { LEVELS } from '../timeline/laneGlyphs';
import type { Distribution } from './distribution';
import { bucketHeights, bucketLabels } from './buckets';
import type { LockMetrics } from './lockMetrics';
import { type MetricTimes, metricFacts, metricTimes, NOTHING_MEASURED } from './metricsWords';
import { secondsText } from './secondsText';

const NAME_COLUMNS = 40;
const VALUE_COLUMNS = 9;
/** Characters of a bar for one bucket, so that each decade has room for its label. */
const BUCKET_COLUMNS = 2;

const HEADINGS = ['count', 'half', '90 %', '99 %', 'longest'];

interface MetricsText {
  readonly text: string;
  readonly spans: readonly PlotSpan[];
}

/**
 * Metrics as text: what was counted, then a line of times for each distribution, with bars of how they spread.
 * @param title name of the database @param hint the last line
 */
export function plotLockMetrics(metrics: LockMetrics, title: string, hint: string): MetricsText {
  const writer = new PlotWriter();
  const counted = ageText((metrics.at - metrics.since) / 1000);
  writer.write(title, 'title').write(`   counted for ${counted} by process ${metrics.pid}`, 'faint').endLine().endLine();
  for (const [name, value] of metricFacts(metrics)) writer.write(name.padEnd(NAME_COLUMNS), 'faint').write(value).endLine();
  writer.endLine();
  writeTimes(writer, metricTimes(metrics));
  writer.endLine();
  writeNumbers(writer, 'Before it in the queue', metrics.queueDepth);
  writeNumbers(writer, 'Tries after the first', metrics.polls);
  writer.endLine().write(hint, 'faint').endLine();
  return { text: writer.text, spans: writer.spans };
}

function writeTimes(writer: PlotWriter, rows: readonly MetricTimes[]): void {
  const [first] = rows;
  if (!first) {
    writer.write(NOTHING_MEASURED).endLine();
    return;
  }
  const headings = HEADINGS.map((heading) => heading.padStart(VALUE_COLUMNS)).join('');
  writer
    .write(''.padEnd(NAME_COLUMNS))
    .write(`${headings}   ${axis(first[1])}`, 'faint')
    .endLine();
  for (const [name, distribution] of rows) {
    const { count, p50, p90, p99, max } = distribution;
    const values = [String(count), ...[p50, p90, p99, max].map((value) => secondsText(value))];
    writer.write(name.padEnd(NAME_COLUMNS)).write(values.map((value) => value.padStart(VALUE_COLUMNS)).join(''));
    writer.write('   ').write(bars(distribution), 'number').endLine();
  }
}

function writeNumbers(writer: PlotWriter, name: string, { count, p50, p99, max }: Distribution): void {
  const value = count === 0 ? 'none yet' : `half of ${count} at most ${p50}, 99 % at most ${p99}, the most ${max}`;
  writer.write(name.padEnd(NAME_COLUMNS), 'faint').write(value).endLine();
}

function axis(distribution: Distribution): string {
  return bucketLabels(distribution).reduce((text, label, index) => {
    return label === '' ? text : text.padEnd(index * BUCKET_COLUMNS) + label.replace(' ', '');
  }, '');
}

function bars(distribution: Distribution): string {
  return bucketHeights(distribution)
    .map((height) => (height === 0 ? ' ' : barOf(height)).repeat(BUCKET_COLUMNS))
    .join('');
}

/** @param height above 0, up to 1 */
function barOf(height: number): string {
  return LEVELS[Math.min(LEVELS.length, Math.ceil(height * LEVELS.length)) - 1] ?? '';
}
