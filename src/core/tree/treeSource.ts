import type { TreeNode } from './nodes';

/** One view's data. */
export interface TreeSource {
  /** The roots, or the children of `node`. Throws an OccupancyError when they cannot be read. */
  children(node: TreeNode | undefined): Promise<readonly TreeNode[]>;
}
