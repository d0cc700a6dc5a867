import { describe, expect, it } from 'vitest';
import { recorderServer } from '../../../src/core/sync/recorderServer';

const section = (...lines: string[]): string =>
  ['default_config:', 'recorder:', ...lines.map((line) => `  ${line}`), 'light:'].join('\n');

describe('the server of the recorder', () => {
  it.each([
    ['mysql', section('db_url: mysql://user:secret@core-mariadb/homeassistant?charset=utf8mb4')],
    ['mysql', section('purge_keep_days: 5', 'db_url: "mysql+pymysql://user:se#cret@host/db"')],
    ['mysql', section("db_url:   'mariadb://user:secret@host/db' # the add-on")],
    ['postgresql', section('db_url: postgresql://@/homeassistant')],
    ['postgresql', section('db_url: postgresql+psycopg2://user:secret@host/db')],
    ['mysql', section('db_url: >-', '  mysql://user:secret@host/db')],
    ['mysql', 'recorder: { db_url: "mysql://user:secret@host/db" }\r\n'],
    ['mysql', '"recorder":\r\n  "db_url": mysql://user:secret@host/db\r\n'],
    [null, section('db_url: !secret recorder_db_url')],
    [null, section('db_url: sqlite:////config/other.db')],
    [null, section('# db_url: mysql://user:secret@host/db')],
    [null, section('purge_keep_days: 5')],
    [null, 'recorder: !include recorder.yaml\n'],
    [null, 'influxdb:\n  db_url: mysql://user:secret@host/db\nrecorder:\n  purge_keep_days: 5\n'],
    [null, 'recorder:\nother:\n  db_url: mysql://user:secret@host/db\n'],
    [null, ''],
  ])('is %s', (server, yaml) => {
    expect(recorderServer(yaml)).toBe(server);
  });
});
