import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { commands, extensions, workspace } from 'vscode';
import type { AreaNode, TreeNode } from '../../src/core/tree/nodes';
import type { App } from '../../src/vscode/app';
import type { OccupancyView } from '../../src/vscode/occupancyView';

export const extension = extensions.getExtension<App>('area-occupancy.area-occupancy-inspector')!;

/** Path of the demo home's database. */
export const databasePath = join(workspace.workspaceFolders![0]!.uri.fsPath, '.storage', 'area_occupancy.db');

/** The extension, its views visible, so that it follows the database. */
export async function openApp(): Promise<App> {
  const app = await extension.activate();
  await commands.executeCommand('areaOccupancy.areas.focus');
  await commands.executeCommand('areaOccupancy.intervals.focus');
  return app;
}

/** Runs a script of test/support in a process of its own: nothing but SQLite's own process may open the database. */
export async function runScript(name: string, ...args: readonly string[]): Promise<string> {
  const node = process.env['HOST_TEST_NODE'] ?? process.execPath;
  const { stdout } = await promisify(execFile)(node, [join(extension.extensionPath, 'test', 'support', name), ...args]);
  return stdout.trim();
}

/** The row that `path` leads to from the roots, one predicate a level. */
export async function findRow(view: OccupancyView, ...path: readonly ((node: TreeNode) => boolean)[]): Promise<TreeNode> {
  let node: TreeNode | undefined;
  for (const leads of path) {
    const children = await view.getChildren(node);
    node = children.find(leads);
    assert.ok(node, `none of ${JSON.stringify(children.map(({ id }) => id))}`);
  }
  return node!;
}

/** The row of an area in the Areas view. */
export async function areaRow(app: App, name: string): Promise<AreaNode> {
  return (await findRow(
    app.areas,
    isKind('database'),
    (node) => node.kind === 'area' && node.area.areaName === name,
  )) as AreaNode;
}

/** Waits until `probe` is true. @returns ms that took; fails after `limit` ms */
export async function until(probe: () => Promise<boolean>, limit: number, what: string): Promise<number> {
  const start = performance.now();
  while (!(await probe())) {
    assert.ok(performance.now() - start < limit, `${what}: not within ${limit} ms`);
    await delay(25);
  }
  return performance.now() - start;
}

export const isKind =
  (kind: TreeNode['kind']) =>
  (node: TreeNode): boolean =>
    node.kind === kind;
