import { type Finding, type FindingRow, type Rule, byGravity, severityOf } from './finding';

/** Rows that a finding shows; the rest are only counted. */
const MOST_EXAMPLES = 10;

interface Gathered {
  count: number;
  capped: boolean;
  readonly examples: FindingRow[];
}

/** Gathers what a check finds: counts all, keeps few, so that millions of bad rows need no more memory than ten. */
export class Findings {
  readonly #byRule = new Map<Rule, Gathered>();

  /** @param count rows that `row` stands for, as far as they were counted */
  add(rule: Rule, row: FindingRow, count = 1, capped = false): void {
    const gathered = this.#byRule.get(rule) ?? { count: 0, capped: false, examples: [] };
    this.#byRule.set(rule, gathered);
    gathered.count += count;
    gathered.capped ||= capped;
    if (gathered.examples.length < MOST_EXAMPLES) gathered.examples.push(row);
  }

  has(rule: Rule): boolean {
    return this.#byRule.has(rule);
  }

  /** The gravest first. */
  get all(): readonly Finding[] {
    const found = [...this.#byRule].map(([rule, { count, capped, examples }]): Finding => ({
      rule,
      severity: severityOf(rule),
      count: { count, capped },
      examples: [...examples],
    }));
    return byGravity(found);
  }
}
