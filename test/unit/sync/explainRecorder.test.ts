import { describe, expect, it } from 'vitest';
import { Format } from '../../../src/core/format';
import { explainRecorder } from '../../../src/core/sync/explainRecorder';

const format = new Format('en-GB', 'Europe/Berlin');
const found = {
  path: '/config/home-assistant_v2.db',
  fileBytes: 1_234_567_890,
  writtenAt: Date.UTC(2026, 10, 20, 9, 30),
  server: null,
};

describe('What was found of the recorder', () => {
  it('is told with its size and when it was written', () => {
    expect(explainRecorder(found, format)).toEqual({
      isUsable: true,
      description: '1.2 GB, written 20 Nov 2026, 10:30:00',
      detail: '/config/home-assistant_v2.db',
    });
  });

  it('is told where there is nothing', () => {
    expect(explainRecorder({ ...found, fileBytes: null, writtenAt: null }, format)).toEqual({
      isUsable: false,
      description: 'not found',
      detail: 'There is no /config/home-assistant_v2.db',
    });
  });

  it('is of no use where Home Assistant has made the file and written nothing yet', () => {
    expect(explainRecorder({ ...found, fileBytes: 0 }, format)).toEqual({
      isUsable: false,
      description: 'empty',
      detail: 'Home Assistant has written nothing to /config/home-assistant_v2.db',
    });
  });

  it.each([
    ['mysql', 'MariaDB or MySQL'],
    ['postgresql', 'PostgreSQL'],
    ['oracle', 'oracle'],
  ])('is of no use where the recorder writes to %s', (server, name) => {
    expect(explainRecorder({ ...found, server }, format)).toEqual({
      isUsable: false,
      description: 'not used',
      detail: `configuration.yaml has the recorder write to ${name}, not to /config/home-assistant_v2.db`,
    });
  });
});
