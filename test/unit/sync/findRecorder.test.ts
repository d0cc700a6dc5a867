import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRecorder } from '../../../src/platform/sync/findRecorder';
import { temporaryFolder } from '../../support/temporaryFolder.mts';

let folder: ReturnType<typeof temporaryFolder>;
let recorder: string;
let database: string;

beforeEach(() => {
  folder = temporaryFolder('find');
  recorder = join(folder.path, 'home-assistant_v2.db');
  database = join(folder.path, '.storage/area_occupancy.db');
  mkdirSync(join(folder.path, '.storage'));
});
afterEach(() => folder.remove());

describe('the recorder beside an occupancy database', () => {
  it('is where Home Assistant keeps it, or would', async () => {
    expect(await findRecorder(database)).toEqual({ path: recorder, fileBytes: null, writtenAt: null, server: null });
  });

  it('was written when its -wal was', async () => {
    writeFileSync(recorder, 'x'.repeat(100));
    utimesSync(recorder, 1000, 1000);
    expect(await findRecorder(database)).toMatchObject({ fileBytes: 100, writtenAt: 1_000_000 });
    writeFileSync(`${recorder}-wal`, '');
    utimesSync(`${recorder}-wal`, 2000, 2000);
    expect(await findRecorder(database)).toMatchObject({ fileBytes: 100, writtenAt: 2_000_000 });
  });

  it('may be on a server, of which nothing but the kind is told', async () => {
    writeFileSync(join(folder.path, 'configuration.yaml'), 'recorder:\n  db_url: mysql://user:secret@host/db\n');
    const finding = await findRecorder(database);
    expect(finding.server).toBe('mysql');
    expect(JSON.stringify(finding)).not.toContain('secret');
  });

  it('lies beside a database that was copied somewhere else', async () => {
    writeFileSync(recorder, 'x');
    expect(await findRecorder(join(folder.path, 'area_occupancy.db'))).toMatchObject({ path: recorder, fileBytes: 1 });
  });
});
