import { copyFileSync, existsSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryRequest, ReadingProgress, StateBatch, StateChange } from '../../src/core/sync/stateSource';
import { core, Sqlite } from '../support/core.mts';
import { hashFiles } from '../support/hashFiles.mts';
import { type RecordedState, RecorderFixture } from '../support/recorderFixture.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';

/** Unix seconds. */
const START = 1_795_160_000;
const END = START + 7200;

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder('recorder');
  path = join(folder.path, 'home-assistant_v2.db');
});
afterEach(() => folder.remove());

function request(...entityIds: string[]): HistoryRequest {
  return { entityIds, start: START * 1e6, end: END * 1e6, withUnit: new Set(['sensor.temperature']) };
}

async function read(...entityIds: string[]): Promise<ReadonlyMap<string, StateChange[]>> {
  const found = new Map<string, StateChange[]>();
  for await (const { entityId, changes } of core.recorderFile(path).read(request(...entityIds))) {
    found.set(entityId, [...(found.get(entityId) ?? []), ...changes]);
  }
  return found;
}

function on(at: number, more: Partial<RecordedState> = {}): RecordedState {
  return { entityId: 'binary_sensor.motion', state: 'on', at, ...more };
}

const change = (seconds: number, state: string | null = 'on', unit: string | null = null): StateChange => ({
  state,
  at: Math.round((START + seconds) * 1e6),
  unit,
});

describe('the history in a recorder', () => {
  it('is the state in force at the start, and what comes between start and end, both excluded', async () => {
    new RecorderFixture(path)
      .add(
        on(START - 60),
        on(START - 30, { state: 'off' }),
        on(START),
        on(START + 10.5),
        on(END - 0.25, { state: null }),
        on(END),
      )
      .close();
    expect(await read('binary_sensor.motion', 'light.unknown')).toEqual(
      new Map([['binary_sensor.motion', [change(0, 'off'), change(10.5), change(7199.75, null)]]]),
    );
  });

  it('begins with the newest row before the start, even one that only attributes changed', async () => {
    new RecorderFixture(path).add(on(START - 60), on(START - 30, { state: 'playing', changedAt: START - 90 })).close();
    expect((await read('binary_sensor.motion')).get('binary_sensor.motion')).toEqual([change(0, 'playing')]);
  });

  it('passes over rows that only attributes changed, but in the domains where they count', async () => {
    const rows = [on(START + 1), on(START + 2, { changedAt: START + 1 }), on(START + 3, { changedAt: START + 3 })];
    const ids = ['media_player.tv', 'climate.heating', 'water_heater.boiler', 'climates.other'];
    new RecorderFixture(path).add(...ids.flatMap((entityId) => rows.map((row) => ({ ...row, entityId })))).close();
    const found = await read(...ids);
    const seconds = ids.map((id) => found.get(id)?.map(({ at }) => at / 1e6 - START));
    expect(seconds).toEqual([
      [1, 3],
      [1, 2, 3],
      [1, 2, 3],
      [1, 3],
    ]);
  });

  it('keeps the order of ids among rows of one moment, across pages', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => on(START + 1 + Math.floor(index / 700), { state: String(index) }));
    new RecorderFixture(path).add(...rows).close();
    const states = (await read('binary_sensor.motion')).get('binary_sensor.motion') ?? [];
    expect(states.map(({ state }) => state)).toEqual(rows.map(({ state }) => state));
  });

  it('has the units that were asked for', async () => {
    const entityId = 'sensor.temperature';
    const attributes = ['{"unit_of_measurement": "°C"}', '{"unit_of_measurement": 5}', '{broken', 'null', null];
    const recorder = new RecorderFixture(path).add(
      ...attributes.map((text, index) => ({ entityId, state: '20', at: START + 1 + index, attributes: text })),
      { ...on(START + 1), attributes: attributes[0] ?? null },
    );
    recorder.db.exec(`UPDATE states SET attributes = '{"unit_of_measurement": "K"}' WHERE attributes_id IS NULL`);
    recorder.close();
    const found = await read(entityId, 'binary_sensor.motion');
    expect(found.get(entityId)?.map(({ unit }) => unit)).toEqual(['°C', '5', null, null, 'K']);
    expect(found.get('binary_sensor.motion')).toEqual([change(1)]);
  });

  it('includes rows that are in the -wal alone, of a recorder that is written meanwhile, and changes not one byte', async () => {
    const recorder = new RecorderFixture(path);
    recorder.db.pragma('wal_autocheckpoint = 0');
    recorder.add(on(START + 1), on(START + 2));
    const before = hashFiles(path);
    expect(before.wal).not.toBeNull();
    const iterator = core.recorderFile(path).read(request('binary_sensor.motion'))[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toMatchObject({ changes: [change(1), change(2)] });
    expect((await iterator.next()).done).toBe(true);
    expect(hashFiles(path)).toEqual(before);
    recorder.close();
    const closed = hashFiles(path);
    expect((await read('binary_sensor.motion')).get('binary_sensor.motion')).toHaveLength(2);
    expect(hashFiles(path).db).toBe(closed.db);
  });

  it('tells how far it has come', async () => {
    const ids = ['a.a', 'b.b', 'c.c'];
    const rows = Array.from({ length: 2000 }, (_, index) => ids.map((entityId) => on(START + 1 + index, { entityId }))).flat();
    new RecorderFixture(path).add(...rows).close();
    const told: ReadingProgress[] = [];
    const batches: StateBatch[] = [];
    const source = core.recorderFile(path);
    for await (const batch of source.read(request(...ids, 'd.d'), { onProgress: (progress) => told.push(progress) }))
      batches.push(batch);
    expect(told.at(-1)).toEqual({ states: 6000, fraction: 1 });
    const fractions = told.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((left, right) => left - right));
    expect(new Set(fractions).size).toBeGreaterThan(8);
    expect(source.title).toBe(path);
  });

  it('lets go of the file however the reading ends', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => on(START + 1 + index));
    new RecorderFixture(path).add(...rows).close();
    const isLetGo = (): void => {
      const db = new Sqlite(path, { timeout: 0 });
      db.pragma('journal_mode = DELETE');
      expect(existsSync(`${path}-wal`)).toBe(false);
      db.pragma('journal_mode = WAL');
      db.close();
    };
    for await (const batch of core.recorderFile(path).read(request('binary_sensor.motion'))) {
      expect(batch.changes.length).toBeGreaterThan(0);
      break;
    }
    isLetGo();
    const controller = new AbortController();
    const aborted = async (): Promise<void> => {
      for await (const _ of core.recorderFile(path).read(request('binary_sensor.motion'), { signal: controller.signal }))
        controller.abort();
    };
    await expect(aborted()).rejects.toThrow(core.CancelledError);
    isLetGo();
  });
});

describe('a recorder that cannot be read', () => {
  async function refusal(target = path, options: Parameters<typeof core.recorderFile>[1] = {}) {
    try {
      for await (const _ of core.recorderFile(target, { patience: 100, ...options }).read(request('a.a')));
    } catch (error) {
      expect(error).toBeInstanceOf(core.RecorderError);
      if (error instanceof core.RecorderError) {
        expect(error.message).toContain(target);
        expect(error.nextStep).toMatch(/^[A-Z].*WebSocket.*\.$/);
        return error.message;
      }
    }
    throw new Error(`${target} was read`);
  }

  it('is missing, empty, a folder or no database', async () => {
    expect(await refusal()).toContain('There is no file');
    symlinkSync('nowhere', path);
    expect(await refusal()).toContain('symbolic link');
    const empty = join(folder.path, 'empty.db');
    writeFileSync(empty, '');
    expect(await refusal(empty)).toContain('0 bytes');
    expect(await refusal(folder.path)).toContain('a directory');
    const notes = join(folder.path, 'notes.db');
    writeFileSync(notes, 'not a database, however long it is. '.repeat(500));
    expect(await refusal(notes)).toContain('not a SQLite database');
  });

  it('is damaged or cut off', async () => {
    new RecorderFixture(path).add(...Array.from({ length: 3000 }, (_, index) => on(START + index))).close();
    const short = join(folder.path, 'short.db');
    copyFileSync(path, short);
    truncateSync(short, 40_960);
    expect(await refusal(short)).toContain('truncated');
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096, bytes.length);
    writeFileSync(path, bytes);
    expect(await refusal()).toContain('damaged');
  });

  it('is of an old schema, whose version it names, or is another database', async () => {
    new RecorderFixture(path, 30).close();
    expect(await refusal()).toContain('version 30; only version 41');
    const other = join(folder.path, 'other.db');
    const db = new Sqlite(other);
    db.exec('CREATE TABLE states (state_id INTEGER PRIMARY KEY, state TEXT)');
    db.close();
    expect(await refusal(other)).toContain('column states.metadata_id');
  });

  it('is locked for longer than it waits; one that is let go is read', async () => {
    const recorder = new RecorderFixture(path).add(on(START + 1)).close();
    const locker = new Sqlite(recorder.path);
    locker.pragma('journal_mode = DELETE');
    locker.exec('BEGIN EXCLUSIVE');
    expect(await refusal()).toBe(`Another program keeps ${path} locked.`);
    const reading = read('binary_sensor.motion');
    await delay(300);
    locker.exec('COMMIT');
    locker.close();
    expect((await reading).size).toBe(1);
  });

  it('lies on a network mount', async () => {
    new RecorderFixture(path).close();
    const mountProbe = () => Promise.resolve({ type: 0xff534d42, name: null });
    expect(await refusal(path, { mountProbe })).toContain('CIFS');
  });

  it('becomes one while it is read: the same error, after what was read', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => on(START + 1 + index / 4, { state: `${index}${'x'.repeat(100)}` }));
    new RecorderFixture(path).add(...rows).close();
    const reading = async (): Promise<void> => {
      for await (const _ of core.recorderFile(path).read(request('binary_sensor.motion'))) truncateSync(path, 8192);
    };
    await expect(reading()).rejects.toThrow(core.RecorderError);
  });
});
