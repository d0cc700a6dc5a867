import { explainLock } from '../lock/explainLock';
import type { LockInspection } from '../lock/lockInspection';
import type { LockMetrics } from '../metrics/lockMetrics';
import { metricFacts, metricTimes, NOTHING_MEASURED } from '../metrics/metricsWords';
import { databaseOf, rootRows } from './databaseRows';
import type { LockFactNode, LockNode, LockTimesNode, NoticeNode, TreeNode } from './nodes';
import type { OpenDatabase } from './openDatabase';
import type { TreeSource } from './treeSource';

/** An open database whose lock can be looked at. */
export interface LockedDatabase extends OpenDatabase {
  readonly reader: OpenDatabase['reader'] & {
    inspectLock(): Promise<LockInspection>;
    getLockMetrics(): Promise<LockMetrics>;
  };
}

/** Lock view: what the lock is now, and what it cost this window. With several databases, under each of them. */
export class LockTree implements TreeSource {
  readonly #databases: () => readonly LockedDatabase[];

  constructor(databases: () => readonly LockedDatabase[]) {
    this.#databases = databases;
  }

  async children(node: TreeNode | undefined): Promise<readonly TreeNode[]> {
    const databases = this.#databases();
    if (!node) return rootRows(databases, lockRows);
    const database = node.kind === 'database' ? databaseOf(databases, node) : undefined;
    return database ? lockRows(database) : [];
  }
}

async function lockRows({ path: database, reader }: LockedDatabase): Promise<readonly TreeNode[]> {
  const [inspection, metrics] = await Promise.all([reader.inspectLock(), reader.getLockMetrics()]);
  const idOf = (what: string): string => `${database}/lock/${what}`;
  const lock: LockNode = { kind: 'lock', id: idOf('state'), database, state: inspection.state, ...explainLock(inspection) };
  const facts = metricFacts(metrics).map(([name, value]): LockFactNode => {
    return { kind: 'lockFact', id: idOf(name), database, name, value };
  });
  const times = metricTimes(metrics).map(([name, { count, p50, p99, max }]): LockTimesNode => {
    return { kind: 'lockTimes', id: idOf(name), database, name, count, p50, p99, max };
  });
  const nothing: NoticeNode = { kind: 'notice', id: idOf('nothing'), database, text: NOTHING_MEASURED };
  return [lock, ...facts, ...(times.length > 0 ? times : [nothing])];
}
