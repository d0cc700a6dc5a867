import { asOccupancyError } from '../errors';
import type { Clock } from '../ports/clock';
import type { TreeNode } from './nodes';
import type { TreeSource } from './treeSource';

interface Branch {
  readonly node: TreeNode | undefined;
  children: readonly TreeNode[];
  /** The children as last read without an error, and when (ms since the epoch); null before that. */
  good: { readonly children: readonly TreeNode[]; readonly at: number } | null;
  /** A collapsed branch is not read again until it is opened. */
  live: boolean;
  /** Whether the last reading failed; what lies below is then left as it was. */
  failed: boolean;
}

const ROOT = '';

/**
 * What a view has loaded of its source. A refresh reads the open branches again, keeps every row that did not change as the very
 * same object, and says which branches differ, topmost only. Reading never rejects: a failure becomes rows of its own, above the
 * last good data.
 */
export class TreeModel {
  readonly #source: TreeSource;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #onChange: (branches: readonly (TreeNode | undefined)[]) => void;
  readonly #branches = new Map<string, Branch>();
  readonly #parents = new Map<string, TreeNode | undefined>();
  #running: Promise<void> | undefined;
  #again = false;
  /** Counts the readings of everything that is open, so that one that was missed is noticed. */
  #rounds = 0;

  constructor(source: TreeSource, clock: Pick<Clock, 'now'>, onChange: (branches: readonly (TreeNode | undefined)[]) => void) {
    this.#source = source;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  async children(node?: TreeNode): Promise<readonly TreeNode[]> {
    const known = this.#branches.get(node?.id ?? ROOT);
    if (known?.live) return known.children;
    const round = this.#rounds;
    const { children } = await this.#read(node);
    // A refresh that came meanwhile did not know of this branch: what was read may be older than what made it come.
    if (round !== this.#rounds) void this.refresh();
    return children;
  }

  parent(node: TreeNode): TreeNode | undefined {
    return this.#parents.get(node.id);
  }

  /** A collapsed branch rests: it is not read on refresh, but anew when it opens. */
  collapse(node: TreeNode): void {
    const branch = this.#branches.get(node.id);
    if (branch) branch.live = false;
  }

  /** Reads the open branches again. Calls that come while one runs are answered by one more run after it. */
  refresh(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#refreshUntilQuiet().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #refreshUntilQuiet(): Promise<void> {
    do {
      this.#again = false;
      this.#rounds += 1;
      const changed: (TreeNode | undefined)[] = [];
      if (this.#branches.has(ROOT)) await this.#revisit(undefined, false, changed);
      if (changed.length > 0) this.#onChange(changed);
    } while (this.#again);
  }

  /** @param covered whether a branch above is already announced, which makes the view ask for everything below it */
  async #revisit(node: TreeNode | undefined, covered: boolean, changed: (TreeNode | undefined)[]): Promise<void> {
    const before = this.#branches.get(node?.id ?? ROOT)?.children;
    const { children, failed } = await this.#read(node);
    const differs = !before || before.length !== children.length || children.some((child, index) => child !== before[index]);
    if (differs && !covered) changed.push(node);
    // Below a branch that cannot be read nothing can: one problem is shown, not one per open row.
    for (const child of failed ? [] : children) {
      const branch = this.#branches.get(child.id);
      if (branch?.live) await this.#revisit(child, covered || differs, changed);
      else if (branch) this.#rest(child, covered || differs, changed);
    }
    this.#forgetGone(before ?? [], children);
  }

  /** A branch that was opened once and is closed now: the view must ask again when it opens, whatever it still shows. */
  #rest(node: TreeNode, covered: boolean, changed: (TreeNode | undefined)[]): void {
    this.#forget(node);
    if (!covered) changed.push(node);
  }

  async #read(node: TreeNode | undefined): Promise<Branch> {
    const key = node?.id ?? ROOT;
    const known = this.#branches.get(key);
    const branch: Branch = known ?? { node, children: [], good: null, live: true, failed: false };
    let children: readonly TreeNode[];
    try {
      children = await this.#source.children(node);
      branch.good = { children, at: this.#clock.now() };
      branch.failed = false;
    } catch (error) {
      branch.failed = true;
      children = [...problemRows(node, error, branch.good?.at ?? null), ...(branch.good?.children ?? [])];
    }
    branch.children = keepEqual(branch.children, children);
    if (branch.good) branch.good = { ...branch.good, children: keepEqual(branch.children, branch.good.children) };
    branch.live = true;
    this.#branches.set(key, branch);
    for (const child of branch.children) this.#parents.set(child.id, node);
    return branch;
  }

  #forgetGone(before: readonly TreeNode[], after: readonly TreeNode[]): void {
    const still = new Set(after.map(({ id }) => id));
    for (const node of before) {
      if (still.has(node.id)) continue;
      this.#forget(node);
      this.#parents.delete(node.id);
    }
  }

  #forget(node: TreeNode): void {
    const branch = this.#branches.get(node.id);
    if (!branch) return;
    this.#branches.delete(node.id);
    for (const child of branch.children) {
      this.#forget(child);
      this.#parents.delete(child.id);
    }
  }
}

/** `after`, with each row that equals the one of the same id in `before` replaced by that very object. */
function keepEqual(before: readonly TreeNode[], after: readonly TreeNode[]): readonly TreeNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  return after.map((node) => {
    const old = known.get(node.id);
    return old && JSON.stringify(old) === JSON.stringify(node) ? old : node;
  });
}

/** What went wrong, what to do, and of when the rows below are. */
function problemRows(node: TreeNode | undefined, error: unknown, goodAt: number | null): readonly TreeNode[] {
  const base = node?.id ?? ROOT;
  const database = node?.database ?? '';
  const failure = asOccupancyError(error);
  const rows: TreeNode[] = [
    { kind: 'problem', id: `${base}/problem`, database, code: failure.code, message: failure.message },
    { kind: 'advice', id: `${base}/advice`, database, nextStep: failure.nextStep },
  ];
  if (goodAt !== null) rows.push({ kind: 'lastGood', id: `${base}/lastGood`, database, at: goodAt });
  return rows;
}
