import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plannedIntervals } from '../support/arrayPlan.mts';
import { buildDatabase } from '../support/buildDatabase.mts';
import { Sqlite } from '../support/core.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import type { InspectorReport } from './inspector.mts';

interface WriterReport {
  readonly operations: number;
  /** Rows that only this writer writes, as far as it knows them to be committed. */
  readonly own: number;
  /** Operations that gave up since others wrote one of their rows between look-up and insert. */
  readonly overtaken: number;
  readonly busy: number;
  readonly longest: number;
}

/** SYNC_SECONDS=60 for the long run. */
const SECONDS = Number(process.env['SYNC_SECONDS'] ?? 15);
const WINDOW = 2000;
/** ms: with that, Home Assistant's own timeout is far. */
const LONGEST_WAIT = 5000;

async function run<Report>(runtime: string, script: string, path: string): Promise<Report> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(runtime, [file, path, String(SECONDS), String(WINDOW)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.err += text));
  await once(child, 'close').catch((error: unknown) => {
    throw new Error(`${runtime} could not be run; where it is missing: apt-get install python3`, { cause: error });
  });
  if (child.exitCode !== 0 || output.err !== '') throw new Error(`${script}: ${output.err}`);
  return JSON.parse(output.out);
}

describe('two inspectors and Area Occupancy Detection, writing the same rows at the same time', () => {
  it(
    `for ${SECONDS} s write no key twice and lose no row, and nobody starves`,
    async () => {
      const folder = temporaryFolder('together');
      onTestFinished(() => folder.remove());
      const path = join(folder.path, 'area_occupancy.db');
      buildDatabase(path, { version: 18, days: 1 });
      const [one, other, aod] = await Promise.all([
        run<InspectorReport>(process.execPath, 'inspector.mts', path),
        run<InspectorReport>(process.execPath, 'inspector.mts', path),
        run<WriterReport>('python3', 'aodWriter.py', path),
      ]);
      console.log(JSON.stringify({ one, other, aod }));

      const db = new Sqlite(path);
      onTestFinished(() => void db.close());
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      const twice = 'SELECT 1 FROM intervals GROUP BY entity_id, start_time, end_time HAVING count(*) > 1';
      expect(db.prepare(twice).all()).toEqual([]);
      const find = db
        .prepare<string[], number>(
          'SELECT count(*) FROM intervals WHERE entity_id = ? AND start_time = ? AND end_time = ? AND state = ?',
        )
        .pluck();
      const windows = Math.max(one.windows, other.windows);
      const missing = plannedIntervals(windows * WINDOW).filter(
        ({ entityId, startTime, endTime, state }) => find.get(entityId, startTime, endTime, state) !== 1,
      );
      expect(missing).toEqual([]);
      expect(db.prepare(`SELECT count(*) FROM intervals WHERE entity_id = 'sensor.aod'`).pluck().get()).toBe(aod.own);
      expect(db.prepare(`SELECT count(*) FROM metadata WHERE key LIKE '%unfinished%'`).pluck().get()).toBe(0);

      expect(aod).toMatchObject({ busy: 0 });
      for (const { longest } of [one, other, aod]) expect(longest).toBeLessThan(LONGEST_WAIT);
      for (const { windows: done } of [one, other]) expect(done).toBeGreaterThan(SECONDS / 3);
      expect(aod.operations).toBeGreaterThan(SECONDS);
      // All three really were at the same rows.
      for (const { written } of [one, other]) expect(written).toBeGreaterThan(0);
      expect(aod.own).toBeGreaterThan(0);
    },
    (SECONDS + 60) * 1000,
  );
});
