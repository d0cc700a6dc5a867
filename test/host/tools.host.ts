import { strict as assert } from 'node:assert';
import { CancellationTokenSource, lm, type CancellationToken, type LanguageModelTextPart } from 'vscode';
import type { App } from '../../src/vscode/app';
import { toolIds } from '../../src/vscode/ids';
import { databasePath, openApp } from './home';

describe('Tools of language models', () => {
  let app: App;
  before(async () => {
    app = await openApp();
  });

  async function call(id: string, input: object = {}, token?: CancellationToken): Promise<{ readonly [key: string]: unknown }> {
    const options = { input: { database: databasePath, ...input }, toolInvocationToken: undefined };
    const { content } = await lm.invokeTool(id, options, token);
    assert.equal(content.length, 1);
    const { value } = content[0] as LanguageModelTextPart;
    assert.ok(value.length < 30_000);
    return JSON.parse(value);
  }

  it('are known to the host, each with a question to the user before it runs', () => {
    const known = lm.tools.map(({ name }) => name).filter((name) => name.startsWith('areaOccupancy_'));
    assert.deepEqual(known.toSorted(), Object.values(toolIds).toSorted());
    for (const id of Object.values(toolIds)) {
      const { invocationMessage, confirmationMessages } = app.tools.get(id)!.prepareInvocation();
      assert.ok(invocationMessage && confirmationMessages);
      assert.match(JSON.stringify(confirmationMessages.message), /Nothing is changed\."$/);
    }
  });

  it('tell of areas, and of one with its entities', async () => {
    const { areas, database } = await call(toolIds.getAreas);
    assert.equal(database, databasePath);
    assert.ok((areas as { area: string }[]).some(({ area }) => area === 'Kitchen'));
    const { entities } = await call(toolIds.getAreas, { area: 'kitchen' });
    assert.ok((entities as { name: string | null }[]).some(({ name }) => name !== null));
  });

  it('tell what an area did', async () => {
    const { intervals, occupiedSeconds } = await call(toolIds.getAreaTimeline, { area: 'Kitchen', limit: 5 });
    assert.equal((intervals as object[]).length, 5);
    assert.ok(Number(occupiedSeconds) > 0);
  });

  it('tell of the lock, and check the database', async () => {
    const { state, lockFile } = await call(toolIds.getLockState);
    assert.equal(lockFile, `${databasePath}.lock`);
    assert.match(String(state), /^(free|stale|held)$/);
    const { summary, intervalsChecked } = await call(toolIds.checkDatabase);
    assert.ok(Number(intervalsChecked) > 100);
    assert.match(String(summary), /\.$/);
  });

  it('fail in words that a model can act on, and stop when they are cancelled', async () => {
    await assert.rejects(call(toolIds.getAreaTimeline), /INVALID_DATA: `area` is missing\. Pass the name of an area; get_areas/);
    const other = call(toolIds.getAreas, { database: '/elsewhere.db' });
    await assert.rejects(other, /Pass `database` as one of these paths: .*area_occupancy\.db/);
    const cancelled = new CancellationTokenSource();
    cancelled.cancel();
    await assert.rejects(call(toolIds.checkDatabase, {}, cancelled.token), /Cancel/i);
  });
});
