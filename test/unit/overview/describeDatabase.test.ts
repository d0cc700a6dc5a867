import { describe, expect, it } from 'vitest';
import { Format } from '../../../src/core/format';
import { describeDatabase } from '../../../src/core/overview/describeDatabase';
import type { DatabaseOverview } from '../../../src/core/overview/overviewFacts';
import { checkRetention } from '../../../src/core/overview/retention';
import { databaseOverview, info, lock, NOW } from './homeOverview';

const format = new Format('en-GB', 'Europe/Berlin');
const DAY = 86_400_000;

function described(overview: DatabaseOverview, state: 'free' | 'stale' = 'free'): Record<string, string> {
  const { facts } = describeDatabase(overview, { name: 'area_occupancy.db (config)', lock: lock(state), now: NOW, format });
  return Object.fromEntries(facts.map(({ label, value, isWarning }) => [label, value + (isWarning ? ' !' : '')]));
}

describe('The overview of a database', () => {
  it('says what the file is, and when it was written', () => {
    expect(described(databaseOverview())).toEqual({
      Path: '/config/.storage/area_occupancy.db',
      Version: '18: Area Occupancy Detection from 2026.7.1, one entry for the whole home',
      File: '33.8 MB, 4.1 MB in its -wal',
      'Last written': '20 Nov 2026, 10:30:01',
      'Newest interval': 'ends 20 Nov 2026, 10:30:00',
      'Last tidied up': '20 Nov 2026, 10:30:00',
      Access: 'May be written.',
      Lock: 'The lock is free',
    });
  });

  it('takes no empty -wal for a write, and says what it cannot', () => {
    const bare = info({ walBytes: 0, dbVersion: 3, generation: 'legacy', readOnly: true, reason: 'No.', journalMode: 'delete' });
    expect(described(databaseOverview({ info: bare, newestInterval: null, lastPruned: null }), 'stale')).toMatchObject({
      Version: '3: Area Occupancy Detection 2025.8 to 2025.11, each area an entry of its own',
      File: '33.8 MB, nothing in its -wal',
      'Last written': '20 Nov 2026, 09:00:00',
      'Newest interval': 'none',
      Access: 'Read-only. No. Its journal mode is delete, not wal.',
      Lock: 'The lock is stale !',
    });
    expect(described(databaseOverview({ info: info({ dbVersion: null }) }))['Version']).toMatch(/^none given/);
    expect(described(databaseOverview({ info: info({ dbVersion: 99 }) }))['Version']).toMatch(/^99;/);
    expect(described(databaseOverview({ lastPruned: 'soon' }))['Last tidied up']).toBe('soon');
  });

  it('has the tables, with a count that stopped', () => {
    const { tables } = describeDatabase(databaseOverview(), { name: '', lock: undefined, now: NOW, format });
    expect(tables[0]?.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['areas', '2'],
      ['intervals', '10,000+'],
    ]);
  });

  it('says what is kept for too long, and since when', () => {
    const overview = databaseOverview({
      oldest: [
        { kind: 'raw', start: '2026-10-18 10:00:00' },
        { kind: 'weekly', start: '2026-10-05 00:00:00' },
        { kind: 'monthly', start: null },
      ],
    });
    const [, retention] = describeDatabase(overview, { name: '', lock: undefined, now: NOW, format }).tables;
    expect(retention?.rows.map((row) => row.map(({ text, isWarning }) => text + (isWarning ? ' !' : '')))).toEqual([
      ['Raw intervals', '28 d', '18 Oct 2026, 12:00:00', 'over since 15 Nov 2026, 11:00, 5 d !'],
      ['Weekly sums', '56 d', '5 Oct 2026, 02:00:00', 'in time'],
      ['Monthly sums', '1,825 d', 'none', ''],
    ]);
    expect(retention?.note).toMatch(/Rows that stay over/);
  });
});

describe('Retention', () => {
  it.each([
    ['raw', 28],
    ['daily', 28],
    ['weekly', 56],
    ['monthly', 1825],
    ['samples', 7],
  ] as const)('of %s is over two days after %d days', (kind, days) => {
    const start = '2026-01-01 00:00:00';
    const due = Date.UTC(2026, 0, 1) + days * DAY;
    expect(checkRetention({ kind, start }, 'current', due + 2 * DAY)).toEqual({
      kind,
      keptDays: days,
      oldest: start,
      overSince: null,
    });
    expect(checkRetention({ kind, start }, 'current', due + 2 * DAY + 1).overSince).toBe(due);
  });

  it('was a year for raw intervals of the legacy schema', () => {
    expect(checkRetention({ kind: 'raw', start: '2026-01-01 00:00:00' }, 'legacy', NOW).overSince).toBeNull();
    expect(checkRetention({ kind: 'raw', start: '2025-01-01 00:00:00' }, 'legacy', NOW)).toMatchObject({
      keptDays: 365,
      overSince: Date.UTC(2026, 0, 1),
    });
  });

  it('says nothing of a time that is none', () => {
    expect(checkRetention({ kind: 'raw', start: 'yesterday' }, 'current', NOW).overSince).toBeNull();
  });
});
