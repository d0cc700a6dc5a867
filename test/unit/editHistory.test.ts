import { beforeEach, describe, expect, it } from 'vitest';
import { withValues, type EditableRow, type RowEdit } from '../../src/core/edit/rowEdit';
import { EditHistory } from '../../src/vscode/editHistory';
import { area } from './tree/homeReader';

/** A memento that keeps what is JSON, as VS Code's does over a reload. */
function jsonMemento() {
  const kept = new Map<string, string>();
  return {
    keys: (): readonly string[] => [...kept.keys()],
    get: (key: string, otherwise?: unknown) => {
      const text = kept.get(key);
      return text === undefined ? otherwise : JSON.parse(text);
    },
    update: async (key: string, value: unknown) => void kept.set(key, JSON.stringify(value)),
  };
}

describe('The edits that can be undone', () => {
  const kitchen: EditableRow = { kind: 'area', row: area('Kitchen', 'food_prep') };
  const edit = (threshold: number): RowEdit => ({ before: kitchen, after: withValues(kitchen, { threshold }) });
  let memento: ReturnType<typeof jsonMemento>;
  let history: EditHistory;

  beforeEach(() => {
    memento = jsonMemento();
    history = new EditHistory(memento);
  });

  it('outlast a reload, the newest first, to the microsecond', async () => {
    await history.keep('/a.db', edit(0.1));
    const kept = await history.keep('/a.db', edit(0.2));
    const after = new EditHistory(memento);
    expect(after.newest).toEqual({ id: kept.id, database: '/a.db', edit: edit(0.2) });
    expect(after.find(kept.id)).toEqual(after.newest);
  });

  it('go one by one', async () => {
    await history.keep('/a.db', edit(0.1));
    await history.forget(await history.keep('/a.db', edit(0.2)));
    expect(history.newest?.edit).toEqual(edit(0.1));
    if (history.newest) await history.forget(history.newest);
    expect(history.newest).toBeUndefined();
  });

  it('are the last twenty', async () => {
    const first = await history.keep('/a.db', edit(0.1));
    for (let index = 0; index < 20; index += 1) await history.keep('/a.db', edit(0.2));
    expect(history.find(first.id)).toBeUndefined();
  });
});
