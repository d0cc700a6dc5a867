import { describe, expect, it, vi } from 'vitest';
import { DatabaseMissingError } from '../../../src/core/errors';
import type { EmptyNode, TreeNode } from '../../../src/core/tree/nodes';
import { TreeModel } from '../../../src/core/tree/treeModel';

/** A tree whose rows are paths; `children` may be changed between readings, and a path may fail. */
class Plot {
  readonly rows = new Map<string, string[]>();
  readonly failing = new Set<string>();
  readonly reads: string[] = [];

  constructor(shape: Record<string, string[]>) {
    for (const [parent, children] of Object.entries(shape)) this.rows.set(parent, children);
  }

  async children(node: TreeNode | undefined): Promise<TreeNode[]> {
    const id = node?.id ?? '';
    this.reads.push(id);
    await Promise.resolve();
    if (this.failing.has(id)) throw new DatabaseMissingError('It is gone.', 'Bring it back.');
    return (this.rows.get(id) ?? []).map(row);
  }
}

function row(text: string): EmptyNode {
  const [id = text, what = 'areas'] = text.split('=');
  return { kind: 'empty', id, database: 'db', what: what as EmptyNode['what'] };
}

function modelOf(plot: Plot): { model: TreeModel; changes: (string | undefined)[] } {
  const changes: (string | undefined)[] = [];
  const model = new TreeModel(plot, { now: () => 1000 }, (branches) => changes.push(...branches.map((node) => node?.id)));
  return { model, changes };
}

const ids = (nodes: readonly TreeNode[]): string[] => nodes.map(({ id }) => id);

describe('TreeModel', () => {
  it('reads a branch once, and knows the parent of each row', async () => {
    const plot = new Plot({ '': ['a', 'b'], a: ['a/1'] });
    const { model } = modelOf(plot);
    const [a] = await model.children();
    const [first] = await model.children(a);
    await model.children(a);
    expect(plot.reads).toEqual(['', 'a']);
    expect(model.parent(first!)).toBe(a);
    expect(model.parent(a!)).toBeUndefined();
  });

  it('announces nothing when nothing changed, and keeps every row as the same object', async () => {
    const plot = new Plot({ '': ['a'], a: ['a/1'] });
    const { model, changes } = modelOf(plot);
    const [a] = await model.children();
    const [first] = await model.children(a);
    await model.refresh();
    expect(changes).toEqual([]);
    expect((await model.children())[0]).toBe(a);
    expect((await model.children(a))[0]).toBe(first);
  });

  it('announces the changed branch, not the root, and keeps the rows that stayed', async () => {
    const plot = new Plot({ '': ['a', 'b'], a: ['a/1'], b: ['b/1'] });
    const { model, changes } = modelOf(plot);
    const [a, b] = await model.children();
    const [first] = await model.children(a);
    await model.children(b);
    plot.rows.set('a', ['a/0', 'a/1']);
    await model.refresh();
    expect(changes).toEqual(['a']);
    const rows = await model.children(a);
    expect(ids(rows)).toEqual(['a/0', 'a/1']);
    expect(rows[1]).toBe(first);
  });

  it('announces the topmost of nested changes only', async () => {
    const plot = new Plot({ '': ['a'], a: ['a/1'] });
    const { model, changes } = modelOf(plot);
    const [a] = await model.children();
    await model.children(a);
    plot.rows.set('', ['a=intervals']);
    plot.rows.set('a', ['a/2']);
    await model.refresh();
    expect(changes).toEqual([undefined]);
    expect(ids(await model.children((await model.children())[0]))).toEqual(['a/2']);
  });

  it('lets a collapsed branch rest, and reads it anew when it opens', async () => {
    const plot = new Plot({ '': ['a'], a: ['a/1'] });
    const { model, changes } = modelOf(plot);
    const [a] = await model.children();
    await model.children(a);
    model.collapse(a!);
    plot.rows.set('a', ['a/2']);
    plot.reads.length = 0;
    await model.refresh();
    expect(plot.reads).toEqual(['']);
    expect(changes).toEqual(['a']);
    expect(ids(await model.children(a))).toEqual(['a/2']);
  });

  it('turns a failure into rows above the last good data, and mends itself', async () => {
    const plot = new Plot({ '': ['a'], a: ['a/1'] });
    const { model, changes } = modelOf(plot);
    const [a] = await model.children();
    const [first] = await model.children(a);
    plot.failing.add('a');
    await model.refresh();
    const rows = await model.children(a);
    expect(rows.map(({ kind }) => kind)).toEqual(['problem', 'advice', 'lastGood', 'empty']);
    expect(rows[0]).toMatchObject({ code: 'DATABASE_MISSING', message: 'It is gone.' });
    expect(rows[1]).toMatchObject({ nextStep: 'Bring it back.' });
    expect(rows[2]).toMatchObject({ at: 1000 });
    expect(rows[3]).toBe(first);
    plot.failing.delete('a');
    await model.refresh();
    expect(await model.children(a)).toEqual([first]);
    expect(changes).toEqual(['a', 'a']);
  });

  it('says only what went wrong where nothing was ever read', async () => {
    const plot = new Plot({ '': ['a'] });
    plot.failing.add('');
    const { model } = modelOf(plot);
    expect((await model.children()).map(({ kind }) => kind)).toEqual(['problem', 'advice']);
  });

  it('does not read below a branch that failed', async () => {
    const plot = new Plot({ '': ['a'], a: ['a/1'], 'a/1': ['a/1/x'] });
    const { model } = modelOf(plot);
    const [a] = await model.children();
    const [first] = await model.children(a);
    await model.children(first);
    plot.failing.add('a').add('a/1');
    plot.reads.length = 0;
    await model.refresh();
    expect(plot.reads).toEqual(['', 'a']);
    expect(ids(await model.children(first))).toEqual(['a/1/x']);
  });

  it('answers a burst of refreshes with one more run', async () => {
    const plot = new Plot({ '': ['a'] });
    const { model } = modelOf(plot);
    await model.children();
    plot.reads.length = 0;
    await Promise.all([model.refresh(), model.refresh(), model.refresh(), model.refresh()]);
    expect(plot.reads).toEqual(['', '']);
  });

  it('forgets what is gone', async () => {
    const plot = new Plot({ '': ['a', 'b'], b: ['b/1'] });
    const { model } = modelOf(plot);
    const [, b] = await model.children();
    const [first] = await model.children(b);
    plot.rows.set('', ['a']);
    await model.refresh();
    expect(model.parent(first!)).toBeUndefined();
    plot.rows.set('', ['a', 'b']);
    plot.rows.set('b', ['b/2']);
    await model.refresh();
    expect(ids(await model.children((await model.children())[1]))).toEqual(['b/2']);
  });

  it('reads again what was being read for the first time while the others were refreshed', async () => {
    const plot = new Plot({ '': ['a'], a: ['a/1'] });
    const { model, changes } = modelOf(plot);
    const [a] = await model.children();
    const held = Promise.withResolvers<void>();
    const late = vi.spyOn(plot, 'children').mockImplementationOnce(async () => {
      await held.promise;
      return [row('a/1')];
    });
    const opening = model.children(a);
    plot.rows.set('a', ['a/2']);
    await model.refresh();
    held.resolve();
    expect(ids(await opening)).toEqual(['a/1']);
    await vi.waitFor(() => expect(changes).toEqual(['a']));
    expect(ids(await model.children(a))).toEqual(['a/2']);
    expect(late).toHaveBeenCalledTimes(4);
  });
});
