import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { inspect, promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { HomeAssistantOptions } from '../../src/library.ts';
import type { HistoryRequest, ReadingProgress, StateBatch } from '../../src/core/sync/stateSource.ts';
import { core, corePath } from '../support/core.mts';
import { FakeHomeAssistant, type FakeOptions, type Faults } from '../support/fakeHomeAssistant.mts';
import { seededRandom } from '../support/random.mts';
import type { RecordedState } from '../support/recordedStates.mts';
import { collect, entityIds, expectedChanges, joined, randomStates } from './homeHistory.ts';

const DAY = 86_400_000_000;
const START = Date.parse('2026-03-02T10:20:30.123Z') * 1000 + 456;
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.a-secret.of-the-household';
const QUICK: HomeAssistantOptions = { retryDelays: [0.01, 0.02, 0.03] };
/** For what never answers; a busy machine may take longer over what does. */
const HASTY: HomeAssistantOptions = { ...QUICK, connectTimeout: 0.5, requestTimeout: 0.5 };

let fake: FakeHomeAssistant;
afterEach(async () => {
  await fake?.close();
});

async function start(states: readonly RecordedState[] = [], options: FakeOptions = {}): Promise<FakeHomeAssistant> {
  fake = await FakeHomeAssistant.start({ token: TOKEN, states, ...options });
  return fake;
}

function request(ids: readonly string[], days = 1, withUnit: readonly string[] = []): HistoryRequest {
  return { entityIds: ids, start: START, end: START + days * DAY, withUnit: new Set(withUnit) };
}

async function read(asked: HistoryRequest, options: HomeAssistantOptions = QUICK): Promise<StateBatch[]> {
  return collect(core.homeAssistant(fake.url, TOKEN, options).read(asked));
}

async function failure(
  asked = request(['light.one']),
): Promise<{ name: string; code: string; message: string; nextStep: string }> {
  const error: unknown = await read(asked, fake.faults.silent ? HASTY : QUICK).then(
    () => expect.unreachable('it was read'),
    (thrown: unknown) => thrown,
  );
  if (!core.isOccupancyError(error)) throw error;
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('a-secret');
  expect(error.nextStep).toMatch(/^[A-Z].*\.$/);
  return error;
}

function state(entityId: string, at: number, text = 'on'): RecordedState {
  return { entityId, state: text, attributes: {}, lastUpdated: at / 1e6, lastChanged: null };
}

describe('the history of Home Assistant', () => {
  it('is what the recorder holds, over days and groups', { timeout: 60_000 }, async () => {
    for (const seed of [1, 2, 3]) {
      const random = seededRandom(seed);
      const ids = entityIds(130);
      const states = randomStates(ids, START, 4, 6000, random);
      await start(states);
      const withUnit = ids.filter((id) => id.startsWith('sensor.') || random.whole(1, 4) === 1);
      const asked = { ...request(ids, 4, withUnit), end: START + 3.4 * DAY };
      const batches = await read(asked);
      const expected = expectedChanges(states, asked);
      expect(expected.size).toBeGreaterThan(100);
      expect(joined(batches)).toEqual(expected);
      await fake.close();
    }
  });

  it('has what lies on the border of a day once, and nothing that lies on the bounds', async () => {
    const times = [
      START - 1,
      START,
      START + 1,
      START + DAY - 1,
      START + DAY,
      START + DAY + 1,
      START + 2 * DAY - 1,
      START + 2 * DAY,
    ];
    const states = times.map((at) => state('light.one', at, String(at)));
    await start(states);
    const changes = joined(await read(request(['light.one'], 2))).get('light.one');
    expect(changes?.map(({ at }) => at)).toEqual([
      START,
      START + 1,
      START + DAY - 1,
      START + DAY,
      START + DAY + 1,
      START + 2 * DAY - 1,
    ]);
    expect(changes?.[0]?.state).toBe(String(START - 1));
  });

  it('is asked for in days and groups, one after the other', async () => {
    const ids = [
      ...entityIds(120),
      ...entityIds(120),
      'Light.Upper',
      'light.two__lines',
      'light',
      'light._one',
      'light.ümlaut',
      '',
    ];
    await start(ids.slice(0, 120).map((id) => state(id, START + 2.5 * DAY)));
    await read(request(ids, 2.5, ['sensor.room_1']));
    const starts = fake.requests.map(({ start_time }) => start_time);
    expect([...new Set(starts)]).toEqual([
      '2026-03-02T10:20:30.123456+00:00',
      '2026-03-03T10:20:30.122456+00:00',
      '2026-03-04T10:20:30.122456+00:00',
    ]);
    expect(fake.requests.at(-1)?.end_time).toBe('2026-03-04T22:20:30.123456+00:00');
    const firstDay = fake.requests.filter((asked) => asked.include_start_time_state);
    expect(firstDay.length).toBe(fake.requests.length / 3);
    expect(firstDay.flatMap((asked) => asked.entity_ids).toSorted()).toEqual(entityIds(120).toSorted());
    expect(Math.max(...firstDay.map((asked) => asked.entity_ids.length))).toBeLessThanOrEqual(50);
    const rich = firstDay.filter((asked) => !asked.no_attributes).flatMap((asked) => asked.entity_ids);
    expect(rich.every((id) => id === 'sensor.room_1' || /^(climate|device_tracker)\./.test(id))).toBe(true);
    expect(rich).toContain('sensor.room_1');
    expect(fake.requests.every((asked) => asked.significant_changes_only && !asked.minimal_response)).toBe(true);
    expect(fake.connections).toBe(1);
  });

  it('has the attribute-only rows of a thermostat whose state stays', async () => {
    const heat = state('climate.hall', START - DAY, 'heat');
    const warmer = { ...heat, lastUpdated: START / 1e6 + 100_000, lastChanged: heat.lastUpdated };
    await start([heat, warmer]);
    const changes = joined(await read(request(['climate.hall'], 2))).get('climate.hall');
    expect(changes?.map(({ at }) => at)).toEqual([START, START + 100_000_000_000]);
  });

  it('says how far it has come', async () => {
    const ids = entityIds(70);
    await start(randomStates(ids, START, 3, 500, seededRandom(4)));
    const told: ReadingProgress[] = [];
    const source = core.homeAssistant(fake.url, TOKEN, QUICK);
    const batches = await collect(source.read(request(ids, 3), { onProgress: (progress) => told.push(progress) }));
    expect(told.map(({ fraction }) => fraction)).toEqual(told.map(({ fraction }) => fraction).toSorted((a, b) => a - b));
    expect(told.at(-1)).toEqual({ fraction: 1, states: batches.reduce((sum, { changes }) => sum + changes.length, 0) });
  });

  it('comes through the Supervisor’s proxy, and over a socket’s own address', async () => {
    await start([state('light.one', START + 1)]);
    for (const url of [`${fake.url}/core`, fake.url.replace('http', 'ws') + '/api/websocket']) {
      expect(await collect(core.homeAssistant(url, ` ${TOKEN}\n`, QUICK).read(request(['light.one'])))).toHaveLength(1);
    }
    expect(core.homeAssistant(fake.url, TOKEN).title).toBe(`127.0.0.1:${fake.port}`);
  });

  it('is taken in halves where an answer is too large, by entities and then by time', { timeout: 60_000 }, async () => {
    const ids = ['light.one', 'light.two', 'light.three'];
    const states = ids.flatMap((id, of) => Array.from({ length: 20 }, (_, hour) => state(id, START + (hour * 3600 + of) * 1e6)));
    await start(states);
    fake.faults.padding = 1_000_000;
    const asked = request(ids, 2);
    expect(joined(await read(asked))).toEqual(expectedChanges(states, asked));
    // The second day does not begin with three at once again.
    const secondDay = fake.requests.filter(({ start_time }) => start_time.startsWith('2026-03-03T10:20'));
    expect(secondDay.map(({ entity_ids }) => entity_ids.length)).toEqual([1, 1, 1]);
  });
});

describe('a lost connection', () => {
  it('is made again, and nothing is read twice or left out', async () => {
    const ids = entityIds(60);
    const states = randomStates(ids, START, 3, 1000, seededRandom(5));
    await start(states);
    const asked = request(ids, 3);
    const batches: StateBatch[] = [];
    fake.faults.dropAnswers = 1;
    for await (const batch of core.homeAssistant(fake.url, TOKEN, QUICK).read(asked)) {
      batches.push(batch);
      if (batches.length % 40 === 0) {
        fake.faults.dropAnswers = 2;
        fake.faults.refusal = { status: 502, times: 1 };
      }
    }
    expect(joined(batches)).toEqual(expectedChanges(states, asked));
    expect(fake.connections).toBeGreaterThan(3);
  });

  it('is made again when it is needed, not before', async () => {
    const states = [state('light.one', START + 1), state('light.one', START + 1.5 * DAY)];
    await start(states);
    const asked = request(['light.one'], 2);
    const batches: StateBatch[] = [];
    for await (const batch of core.homeAssistant(fake.url, TOKEN, QUICK).read(asked)) {
      batches.push(batch);
      if (batches.length > 1) continue;
      fake.dropConnections();
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(fake.connections).toBe(1);
    }
    expect(joined(batches)).toEqual(expectedChanges(states, asked));
    expect(fake.connections).toBe(2);
  });

  it('is given up after some tries', async () => {
    await start();
    fake.faults.dropAnswers = 1000;
    expect(await failure()).toMatchObject({
      code: 'HOME_ASSISTANT',
      message: `The connection to 127.0.0.1:${fake.port} was lost.`,
    });
    expect(fake.requests).toHaveLength(4);
  });

  it('is not tried again with a token that was withdrawn meanwhile', async () => {
    await start([state('light.one', START + 1)]);
    const reading = async (): Promise<void> => {
      for await (const batch of core.homeAssistant(fake.url, TOKEN, QUICK).read(request(['light.one'], 2))) {
        expect(batch.entityId).toBe('light.one');
        Object.assign(fake.faults, { dropAnswers: 1, authInvalid: true });
        fake.record([state('light.one', START + 1.5 * DAY)]);
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'HOME_ASSISTANT_AUTH' });
    expect(fake.connections).toBe(2);
  });
});

describe('a fault of Home Assistant', () => {
  const cases: readonly (readonly [string, Faults, RegExp])[] = [
    [
      'history is not loaded',
      { error: { code: 'unknown_command', message: 'Unknown command.' } },
      /History integration is not loaded/,
    ],
    ['it is starting', { error: { code: 'unknown_command', message: 'Unknown command.' }, state: 'STARTING' }, /still starting/],
    ['the user may not', { error: { code: 'unauthorized', message: 'Unauthorized' } }, /may not read history/],
    [
      'any other',
      { error: { code: 'unknown_error', message: `database is malformed ${TOKEN}` } },
      /database is malformed … \(unknown_error\)/,
    ],
    ['an answer that is no JSON', { rawAnswer: '{"id":' }, /is not Home Assistant \(no JSON\)/],
    ['an answer of another kind', { rawAnswer: 'null' }, /is not Home Assistant/],
    [
      'a history of another kind',
      { rawAnswer: '{"id":3,"type":"result","success":true,"result":{"light.one":[{"s":1}]}}' },
      /cannot be read/,
    ],
    ['no history at all', { rawAnswer: '{"id":3,"type":"result","success":true}' }, /cannot be read/],
    ['no answer', { silent: 'requests' }, /did not answer within 0.5 s/],
    ['no log-in', { silent: 'log-in' }, /did not let us in within 0.5 s/],
    ['no connection', { silent: 'connection' }, /did not let us in within 0.5 s/],
    ['a proxy without Home Assistant behind it', { refusal: { status: 502, times: 1 } }, /not ready \(HTTP 502\)/],
    [
      'a redirection',
      { refusal: { status: 301, times: 1, location: 'https://ha.example/api/websocket' } },
      /sends on to https:\/\/ha\.example \(/,
    ],
    ['a ban', { refusal: { status: 403, times: 1 } }, /refuses this computer/],
    ['an untrusted proxy', { refusal: { status: 400, times: 1 } }, /refuses the connection/],
    ['another web server', { refusal: { status: 404, times: 1 } }, /is not Home Assistant \(HTTP 404\)/],
  ];
  it.each(cases)('is named: %s', async (_name, faults, message) => {
    await start();
    Object.assign(fake.faults, faults);
    const error = await failure();
    expect(error.code).toBe('HOME_ASSISTANT');
    expect(error.message).toMatch(message);
    await expect.poll(() => fake.open).toBe(0);
  });

  it('is named: the token', async () => {
    await start([], { token: 'another' });
    const error = await failure();
    expect(error).toMatchObject({ name: 'HomeAssistantAuthError', code: 'HOME_ASSISTANT_AUTH' });
    expect(error.nextStep).toContain('long-lived access token');
  });

  it('is named: nothing listens, or no such host', async () => {
    await start();
    const url = fake.url;
    await fake.close();
    const reading = (address: string) => collect(core.homeAssistant(address, TOKEN, HASTY).read(request(['light.one'])));
    await expect(reading(url)).rejects.toThrow(/^Nothing answers at 127\.0\.0\.1:\d+\.$/);
    await expect(reading('http://no-such-host.invalid:8123')).rejects.toMatchObject({ code: 'HOME_ASSISTANT' });
    await start();
  });

  it('is named: a port that speaks otherwise', async () => {
    const server: Server = createServer((socket) => socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.2\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const reading = collect(core.homeAssistant(url, TOKEN, QUICK).read(request(['light.one'])));
    await expect(reading).rejects.toThrow(/is not Home Assistant \(no HTTP\)/);
    server.close();
  });

  it('is waited for while it is short', async () => {
    await start([state('light.one', START + 1)]);
    fake.faults.slowStart = 200;
    expect(await read(request(['light.one']))).toHaveLength(1);
  });
});

describe('a reading', () => {
  it('ends at once when it is cancelled, wherever it is', async () => {
    for (const silent of ['connection', 'log-in', 'requests'] as const) {
      await start();
      fake.faults.silent = silent;
      const abort = new AbortController();
      const source = core.homeAssistant(fake.url, TOKEN);
      const reading = collect(source.read(request(['light.one']), { signal: abort.signal }));
      setTimeout(() => abort.abort(), 100);
      const began = performance.now();
      await expect(reading).rejects.toMatchObject({ code: 'CANCELLED', message: 'The sync was cancelled.' });
      expect(performance.now() - began).toBeLessThan(1000);
      await expect.poll(() => fake.open).toBe(0);
      await fake.close();
    }
  });

  it('ends at once when it is cancelled between two tries, or before it began', async () => {
    await start();
    fake.faults.dropAnswers = 1;
    const abort = new AbortController();
    const source = core.homeAssistant(fake.url, TOKEN, { retryDelays: [60] });
    const reading = collect(source.read(request(['light.one']), { signal: abort.signal }));
    setTimeout(() => abort.abort(), 100);
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(collect(source.read(request(['light.one']), { signal: abort.signal }))).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(fake.connections).toBe(1);
  });

  it('leaves nothing that keeps a process alive when it is cancelled, though the other side does not listen', async () => {
    await start();
    fake.faults.silent = 'deaf';
    const script = `
      const { homeAssistant } = require(process.argv[1]);
      const request = { entityIds: ['light.one'], start: ${START}, end: ${START + DAY}, withUnit: new Set() };
      const reading = homeAssistant(process.argv[2], process.argv[3]).read(request, { signal: AbortSignal.timeout(300) });
      reading.next().catch((error) => console.log(error.code));`;
    const run = promisify(execFile)(process.execPath, ['-e', script, corePath, fake.url, TOKEN], { timeout: 10_000 });
    expect((await run).stdout).toBe('CANCELLED\n');
  });

  it('closes its socket when its reader has had enough, or cancels while it holds a batch', async () => {
    const ids = entityIds(10);
    await start(randomStates(ids, START, 1, 100, seededRandom(6)));
    const source = core.homeAssistant(fake.url, TOKEN, QUICK);
    for await (const batch of source.read(request(ids))) {
      expect(batch.changes.length).toBeGreaterThan(0);
      break;
    }
    await expect.poll(() => fake.open).toBe(0);

    const abort = new AbortController();
    const reading = source.read(request(ids), { signal: abort.signal })[Symbol.asyncIterator]();
    await reading.next();
    abort.abort();
    await expect.poll(() => fake.open).toBe(0);
    await expect(reading.next()).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('never shows its token', async () => {
    await start();
    const source = core.homeAssistant(fake.url, TOKEN);
    expect(inspect(source, { depth: 9, showHidden: true }) + JSON.stringify(source) + source.title).not.toContain('a-secret');
  });
});
