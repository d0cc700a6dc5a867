import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { core } from '../support/core.mts';
import { FakeHomeAssistant } from '../support/fakeHomeAssistant.mts';
import { seededRandom } from '../support/random.mts';
import { readRecordedStates, writeRecordedStates } from '../support/recordedStates.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import { collect, entityIds, expectedChanges, joined, randomStates } from './homeHistory.ts';

const START = Date.parse('2026-03-02T10:20:30.123Z') * 1000 + 456;

describe('a history in a recorder', () => {
  const folder = temporaryFolder('agree');
  afterAll(() => folder.remove());

  it('is the same over the WebSocket', async () => {
    const path = join(folder.path, 'home-assistant_v2.db');
    const ids = entityIds(70);
    const states = randomStates(ids, START, 3, 3000, seededRandom(7));
    writeRecordedStates(path, states);
    const fake = await FakeHomeAssistant.start({ states: readRecordedStates(path) });
    try {
      const withUnit = new Set(ids.filter((_, index) => index % 2 === 0));
      const request = { entityIds: ids, start: START, end: START + 2.5 * 86_400_000_000, withUnit };
      const expected = expectedChanges(states, request);
      expect(expected.size).toBe(70);
      expect(joined(await collect(core.recorderFile(path).read(request)))).toEqual(expected);
      expect(joined(await collect(core.homeAssistant(fake.url, fake.token).read(request)))).toEqual(expected);
    } finally {
      await fake.close();
    }
  });
});
