/** One sample of Prometheus' text format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ParsedFamily {
  readonly type: string;
  readonly samples: readonly Sample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = String.raw`([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"`;
const SAMPLE = new RegExp(String.raw`^(${NAME})(?:\{((?:${LABEL}(?:,(?!\})|(?=\})))*)\})? (\S+)$`);

/**
 * Reads the text format 0.0.4 as strictly as its description states it; throws where the text breaks a rule: a HELP and a TYPE
 * before the samples, a family in one piece, no sample twice, histograms cumulative and ended by +Inf.
 */
export function parseExposition(text: string): ReadonlyMap<string, ParsedFamily> {
  if (!text.endsWith('\n')) throw new Error('The last line has no end.');
  const families = new Map<string, { type: string; samples: Sample[] }>();
  const keys = new Set<string>();
  let helped = '';
  let current = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const help = new RegExp(`^# HELP (${NAME}) .+$`).exec(line);
    const type = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`).exec(line);
    const sample = SAMPLE.exec(line);
    if (help) helped = help[1]!;
    else if (type) {
      current = type[1]!;
      if (families.has(current) || helped !== current) throw new Error(`TYPE out of place: ${line}`);
      families.set(current, { type: type[2]!, samples: [] });
    } else if (sample) {
      const [, name = '', list = '', , , value = ''] = sample;
      const family = families.get(current);
      const suffixes = family?.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
      if (!family || !suffixes.some((suffix) => name === current + suffix)) throw new Error(`Sample out of place: ${line}`);
      if (family.type === 'counter' && !name.endsWith('_total')) throw new Error(`Counter without _total: ${line}`);
      const labels = Object.fromEntries([...list.matchAll(new RegExp(LABEL, 'g'))].map(([, key, raw]) => [key, unescape(raw!)]));
      const key =
        name +
        JSON.stringify(
          Object.keys(labels)
            .toSorted()
            .map((label) => [label, labels[label]]),
        );
      if (keys.has(key) || Number.isNaN(Number(value))) throw new Error(`Sample twice, or no number: ${line}`);
      keys.add(key);
      family.samples.push({ name, labels, value: Number(value) });
    } else throw new Error(`Not a line of the format: ${line}`);
  }
  for (const [name, family] of families) if (family.type === 'histogram') checkHistogram(name, family.samples);
  return families;
}

function unescape(raw: string): string {
  return raw.replaceAll(/\\([\\"n])/g, (_all, escaped: string) => (escaped === 'n' ? '\n' : escaped));
}

function checkHistogram(name: string, samples: readonly Sample[]): void {
  const series = new Map<string, Sample[]>();
  for (const sample of samples) {
    const { le: _le, ...labels } = sample.labels;
    const key = JSON.stringify(labels);
    series.set(key, [...(series.get(key) ?? []), sample]);
  }
  for (const of of series.values()) {
    const buckets = of.filter((sample) => sample.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => (labels['le'] === '+Inf' ? Infinity : Number(labels['le'])));
    const counts = buckets.map(({ value }) => value);
    const isRising = (values: number[], least: number) =>
      values.every((value, index) => index === 0 || value - values[index - 1]! >= least);
    const count = of.find((sample) => sample.name === `${name}_count`)?.value;
    const isSummed = of.some((sample) => sample.name === `${name}_sum`);
    if (!isRising(bounds, Number.MIN_VALUE) || !isRising(counts, 0)) throw new Error(`${name} is not cumulative.`);
    if (bounds.at(-1) !== Infinity || counts.at(-1) !== count || !isSummed) throw new Error(`${name} is not complete.`);
  }
}
