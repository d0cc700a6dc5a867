import type BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryRequest, StateBatch, StateSource } from '../../src/core/sync/stateSource';
import type { SyncPlan } from '../../src/core/sync/syncPlan';
import type { EntitySync } from '../../src/core/sync/syncReport';
import type { SyncProgress } from '../../src/core/sync/syncProgress';
import { UNFINISHED_SYNC_KEY, unfinishedValue } from '../../src/core/sync/unfinishedSync';
import { utcMicroseconds, utcTextOfMicroseconds } from '../../src/core/time';
import type { OpenOptions } from '../../src/library';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { hashFiles } from '../support/hashFiles.mts';
import type { SchemaVersion } from '../support/occupancySchema.mts';
import { RecorderFixture } from '../support/recorderFixture.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';

const NOW = new Date('2026-11-20T10:00:00.000Z');
const NOW_US = NOW.getTime() * 1000;
const MINUTE = 60e6;
const SENSOR = 'binary_sensor.kitchen_motion';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder('plan');
  path = join(folder.path, 'area_occupancy.db');
});
afterEach(() => folder.remove());

/** What a source was asked, and what it answers. */
class FakeSource implements StateSource {
  readonly title = 'fake';
  readonly requests: HistoryRequest[] = [];
  readonly batches: readonly StateBatch[];

  constructor(...batches: readonly StateBatch[]) {
    this.batches = batches;
  }

  async *read(request: HistoryRequest): AsyncGenerator<StateBatch> {
    this.requests.push(request);
    yield* this.batches;
  }
}

/** States of one entity, one a minute until now, the last at `NOW` less a minute. */
function minutely(entityId: string, states: readonly (string | null)[]): StateBatch {
  const from = NOW_US - states.length * MINUTE;
  return { entityId, changes: states.map((state, index) => ({ state, at: from + index * MINUTE, unit: null })) };
}

function change(sql: (db: BetterSqlite3.Database) => unknown): void {
  const db = new Sqlite(path);
  db.pragma('foreign_keys = OFF');
  sql(db);
  db.close();
}

function build(version: SchemaVersion = 18): void {
  buildDatabase(path, { version, days: 1, endTime: new Date('2026-11-20T09:30:00.250Z') });
}

async function plan(source: StateSource, options: Partial<OpenOptions> = {}, now = NOW): Promise<SyncPlan> {
  const database = await core.OccupancyDatabase.open(path, { lock: new FreeLock(), ...options });
  try {
    return await database.planSync(source, { now });
  } finally {
    await database.close();
  }
}

async function apply(planned: SyncPlan): Promise<void> {
  const database = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
  try {
    await database.applySync(planned);
  } finally {
    await database.close();
  }
}

function entityOf({ report }: SyncPlan, id = SENSOR): EntitySync | undefined {
  return report.areas.flatMap(({ entities }) => entities).find(({ entityId }) => entityId === id);
}

describe('the start of a sync', () => {
  const asked = async (): Promise<string[]> => {
    const source = new FakeSource();
    const { report } = await plan(source);
    expect(report.start).toBe(utcTextOfMicroseconds(source.requests[0]?.start ?? 0));
    expect(report.end).toBe('2026-11-20 10:00:00.000000');
    return [report.start, String(report.resumes)];
  };

  it('is the newest end less an hour, to the microsecond', async () => {
    build();
    change((db) => db.exec("UPDATE intervals SET end_time = '2026-11-20 09:31:02.000001' WHERE id = 7"));
    expect(await asked()).toEqual(['2026-11-20 08:31:02.000001', 'false']);
  });

  it('is ten days ago in an empty database', async () => {
    build();
    change((db) => db.exec('DELETE FROM intervals'));
    expect(await asked()).toEqual(['2026-11-10 10:00:00.000000', 'false']);
  });

  it('is that of a sync that was interrupted, unless the usual one is earlier', async () => {
    build();
    const leave = (value: string) =>
      change((db) => db.prepare('INSERT OR REPLACE INTO metadata VALUES (?, ?)').run(UNFINISHED_SYNC_KEY, value));
    leave(unfinishedValue('2026-11-15 01:02:03.000004'));
    expect(await asked()).toEqual(['2026-11-15 01:02:03.000004', 'true']);
    leave(unfinishedValue('2026-11-20 09:59:00.000000'));
    expect(await asked()).toEqual(['2026-11-20 08:30:00.250000', 'true']);
    for (const value of ['', 'null', '{"start":5}', '{"start":"yesterday"}']) {
      leave(value);
      expect(await asked()).toEqual(['2026-11-20 08:30:00.250000', 'false']);
    }
  });

  it('after now leaves nothing to read', async () => {
    build();
    const source = new FakeSource(minutely(SENSOR, ['on', 'off']));
    const { report, intervalCount } = await plan(source, {}, new Date('2026-11-20T08:00:00.000Z'));
    expect(source.requests).toEqual([]);
    expect([intervalCount, report.states]).toEqual([0, 0]);
    expect(report.areas.length).toBeGreaterThan(0);
  });
});

describe('what is read', () => {
  it('are the entities that have an area, with the units of the numeric ones', async () => {
    build();
    change((db) => db.exec("DELETE FROM areas WHERE area_name = 'Hallway'"));
    const source = new FakeSource();
    const { report } = await plan(source);
    const [request] = source.requests;
    expect(request?.end).toBe(NOW_US);
    expect(request?.entityIds).toContain(SENSOR);
    expect(request?.entityIds.filter((id) => id.includes('hallway_motion'))).toEqual([]);
    expect([...(request?.withUnit ?? [])].every((id) => /temperature|humidity|illuminance|power|co2|voc/.test(id))).toBe(true);
    expect(request?.withUnit.size).toBeGreaterThan(3);
    expect(
      report.areas
        .flatMap(({ entities }) => entities)
        .map(({ entityId }) => entityId)
        .toSorted(),
    ).toEqual(request?.entityIds.toSorted());
    expect(report.areas.map(({ areaName }) => areaName)).toEqual(['Bedroom', 'Büro', 'Kitchen', 'Living Room']);
  });

  it.each([2, 3] as const)('has no samples on schema %i', async (version) => {
    build(version);
    const source = new FakeSource(minutely('sensor.living_room_illuminance', ['20', '21']));
    expect((await plan(source)).sampleCount).toBe(0);
    expect(source.requests[0]?.withUnit.size).toBe(0);
  });

  it('has no samples where the table is missing', async () => {
    build();
    change((db) => db.exec('DROP TABLE numeric_samples'));
    const source = new FakeSource();
    await plan(source);
    expect(source.requests[0]?.withUnit.size).toBe(0);
  });
});

describe('what is there already', () => {
  const states = Array.from({ length: 9000 }, (_, index) => (index % 3 === 0 ? 'on' : 'off'));

  it.each([3, 18] as const)('is left out on schema %i, wherever it lies among thousands', async (version) => {
    build(version);
    change((db) => db.exec('DELETE FROM intervals'));
    const source = new FakeSource(minutely(SENSOR, states));
    const whole = await plan(source);
    expect(whole.report.intervals).toMatchObject({ added: 9000, alreadyThere: 0 });
    await apply(whole);
    const nothing = await plan(new FakeSource(minutely(SENSOR, states)));
    expect(nothing.report.intervals).toMatchObject({ added: 0, alreadyThere: 9000 });
    expect(nothing.intervalCount).toBe(0);
    const gone = [1, 2, 2000, 2001, 4001, 8999, 9000];
    change((db) => db.exec(`DELETE FROM intervals WHERE id IN (${gone.join(', ')})`));
    const rest = await plan(new FakeSource(minutely(SENSOR, states)));
    const starts = Array.from({ length: rest.intervalCount }, (_, index) => utcMicroseconds(rest.interval(index).startTime));
    expect(starts.map((start) => 9000 - (NOW_US - start) / MINUTE + 1)).toEqual(gone);
    const entity = entityOf(rest);
    expect(entity?.first?.startTime).toBe(rest.interval(0).startTime);
    expect(entity?.last?.startTime).toBe(rest.interval(6).startTime);
  });

  it('is there at any aggregation level, but not as a text in another form', async () => {
    build();
    const source = () => new FakeSource(minutely(SENSOR, ['on', 'off', 'on', 'off']));
    await apply(await plan(source()));
    change((db) => {
      const last = `SELECT max(id) FROM intervals`;
      db.exec(`UPDATE intervals SET aggregation_level = 'monthly' WHERE id = (${last})`);
      db.exec(`UPDATE intervals SET start_time = substr(start_time, 1, 19) WHERE id = (${last}) - 1`);
      db.exec(`UPDATE intervals SET end_time = 'later' WHERE id = (${last}) - 2`);
    });
    const found = await plan(source());
    expect(found.report.intervals).toMatchObject({ added: 2, alreadyThere: 2 });
    const starts = ['2026-11-20 09:57:00.000000', '2026-11-20 09:58:00.000000'];
    expect([0, 1].map((index) => found.interval(index).startTime)).toEqual(starts);
    expect([entityOf(found)?.first?.startTime, entityOf(found)?.last?.startTime]).toEqual(starts);
  });

  it('is left out of the samples too', async () => {
    build();
    const numbers = (count: number) =>
      minutely(
        'sensor.living_room_illuminance',
        Array.from({ length: count }, (_, at) => `${at}`),
      );
    change((db) => db.exec("UPDATE entities SET entity_type = 'temperature'"));
    const first = await plan(new FakeSource({ ...numbers(5000), entityId: SENSOR }));
    expect(first.report.samples).toEqual({ added: 5000, alreadyThere: 0 });
    await apply(first);
    change((db) => db.exec(`DELETE FROM numeric_samples WHERE entity_id = '${SENSOR}' AND value IN (0, 2500, 4999)`));
    const again = await plan(new FakeSource({ ...numbers(5000), entityId: SENSOR }));
    expect(again.report.samples).toEqual({ added: 3, alreadyThere: 4997 });
    expect([0, 1, 2].map((index) => again.sample(index).value)).toEqual([0, 2500, 4999]);
  });
});

describe('planning', () => {
  it('is refused where nothing may be written', async () => {
    build();
    const source = new FakeSource();
    await expect(plan(source, { readOnly: true })).rejects.toThrow(core.ReadOnlyError);
    expect(source.requests).toEqual([]);
  });

  it('takes no lock, changes nothing, and passes on what the source throws', async () => {
    build(3);
    const before = hashFiles(path);
    const lock = new FreeLock();
    await plan(new FakeSource(minutely(SENSOR, ['on', 'off'])), { lock, readLocks: 'always' });
    expect(lock.events).toEqual([]);
    expect(hashFiles(path).db).toBe(before.db);
    await expect(plan(core.recorderFile(join(folder.path, 'none.db')))).rejects.toThrow(core.RecorderError);
  });

  it('lets the process answer others all the time, tells how far it is, and stops when told to', async () => {
    build();
    change((db) => db.exec('DELETE FROM intervals; DELETE FROM numeric_samples'));
    const entities = ['binary_sensor.kitchen_motion', 'sensor.bedroom_humidity', 'sensor.living_room_illuminance'];
    const count = 200_000;
    const from = NOW_US / 1e6 - 9 * 86_400;
    const recorder = new RecorderFixture(join(folder.path, 'home-assistant_v2.db'));
    const states = Array.from({ length: count }, (_, index) => ({
      entityId: entities[index % 3] ?? '',
      state: (20 + index / 1000).toFixed(3),
      at: from + (index * 9 * 86_400) / count,
    }));
    recorder.addAll(states).close();
    const database = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
    const source = core.recorderFile(recorder.path);
    // In time of the processor: what others on a busy machine take from us is not our doing.
    let [last, longest] = [process.cpuUsage(), 0];
    const watch = setInterval(() => {
      const { user, system } = process.cpuUsage(last);
      longest = Math.max(longest, (user + system) / 1000);
      last = process.cpuUsage();
    }, 1);
    const told: SyncProgress[] = [];
    const found = await database.planSync(source, { now: NOW, onProgress: (progress) => told.push(progress) });
    clearInterval(watch);
    expect(found.report.states).toBe(count);
    // The last one began less than 5 s ago.
    expect(found.report.intervals).toMatchObject({ added: count - 1, tooShort: 1 });
    expect(longest).toBeLessThan(100);
    expect(longest).toBeGreaterThan(1);
    expect(told.at(-1)).toEqual({ phase: 'reading', done: count, fraction: 1 });
    expect(told.length).toBeGreaterThan(50);

    for (const reached of [0, 60_000, count]) {
      const controller = new AbortController();
      let aborted = 0;
      const onProgress = ({ done }: SyncProgress): void => {
        if (done < reached || controller.signal.aborted) return;
        aborted = performance.now();
        controller.abort();
      };
      const stopped = database.planSync(source, { now: NOW, signal: controller.signal, onProgress });
      await expect(stopped).rejects.toThrow(core.CancelledError);
      expect(performance.now() - aborted).toBeLessThan(1000);
    }
    await database.close();
  });
});
