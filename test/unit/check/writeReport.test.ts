import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../../../src/core/check/checkReport';
import { describeFinding, describeFindingRow } from '../../../src/core/check/describeFinding';
import { byGravity, type Finding, type FindingRow, type Rule, severityOf } from '../../../src/core/check/finding';
import { writeReport } from '../../../src/core/check/writeReport';
import { writeRecovery } from '../../../src/core/recover/writeRecovery';
import { Format } from '../../../src/core/format';
import { FindingsTree } from '../../../src/core/tree/findingsTree';
import { drawTree } from '../tree/drawTree';

const format = new Format('en-GB', 'Europe/Berlin');

const finding = (rule: Rule, count: number, ...examples: readonly FindingRow[]): Finding => ({
  rule,
  severity: severityOf(rule),
  count: { count, capped: count > 9999 },
  examples,
});

const interval = {
  id: 7,
  entityId: 'binary_sensor.a|b_motion',
  state: 'on',
  startTime: '2026-11-20 09:00:00.000000',
  endTime: '2026-11-20 08:00:00.000000',
  durationSeconds: -3600,
};

const report: CheckReport = {
  info: {
    path: '/config/.storage/area_occupancy.db',
    engine: 'native',
    generation: 'current',
    dbVersion: 18,
    snapshotAt: null,
    readOnly: false,
    reason: null,
    journalMode: 'wal',
    fileBytes: 1_200_000_000,
    walBytes: 4_000_000,
    fileWritten: 0,
    walWritten: 0,
  },
  startedAt: Date.parse('2026-11-20T09:30:00Z'),
  milliseconds: 68_000,
  intervals: 1_507_094,
  findings: byGravity([
    finding('silent', 1, { kind: 'entityTime', entityId: 'sensor.attic', state: null, from: null, to: interval.startTime }),
    finding('orphans', 12, { kind: 'orphans', table: 'priors', name: '<Attic> *new*', rows: { count: 12, capped: false } }),
    finding('negativeDurations', 3, { kind: 'interval', interval, other: null }),
  ]),
};

describe('the report of a check', () => {
  it('begins with the gravest, and shows names as they are', () => {
    const text = writeReport(report, 'area_occupancy.db', format);
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '# Check of area\\_occupancy.db',
      '## Error: 3 intervals end before they begin',
      '## Warning: 12 rows belong to what is not there',
      '## Note: 1 sensor is silent',
    ]);
    expect(text).toContain('1 error, 1 warning, 1 note.');
    expect(text).toContain('| binary\\_sensor.a\\|b\\_motion | on, 20 Nov 2026, 10:00:00 to 20 Nov 2026, 09:00:00, \\-3,600 s |');
    expect(text).toContain('&#60;Attic&#62; \\*new\\*');
    expect(text).toContain('The first 1 are shown.');
    expect(text).toContain('1,507,094');
  });

  it('says so when nothing is wrong', () => {
    expect(writeReport({ ...report, findings: [] }, 'x.db', format)).toContain('Nothing is wrong.');
  });

  it('has words for one and for many of each kind, and for more than were counted', () => {
    expect(describeFinding(finding('stuck', 1), format).title).toBe('1 sensor seems to be stuck');
    expect(describeFinding(finding('orphanIntervals', 10_000), format).title).toBe(
      '10,000+ intervals are of entities that are not there',
    );
    const file: FindingRow = { kind: 'file', name: 'x.db.backup', bytes: 2_000_000, written: report.startedAt };
    expect(describeFindingRow(file, format)).toEqual({ label: 'x.db.backup', detail: '2 MB, written 20 Nov 2026, 10:30:00' });
  });
});

describe('the Findings view', () => {
  const database = report.info.path;

  it('lists findings and their rows, by database where there are several', async () => {
    const one = { database, name: 'area_occupancy.db', report };
    const single = await drawTree(new FindingsTree(() => [one]), 2);
    expect(single).toEqual(expect.arrayContaining([expect.stringContaining('3 intervals end before they begin')]));
    expect(single).toEqual(expect.arrayContaining([expect.stringContaining('binary_sensor.a|b_motion')]));
    const several = await drawTree(new FindingsTree(() => [one, { ...one, database: '/other.db', name: 'other.db' }]), 2);
    expect(several.filter((line) => line.includes('1 error, 1 warning, 1 note')).length).toBe(2);
  });
});

describe('the report of a recovery', () => {
  it('tells of each table what is there and what is lost', () => {
    const text = writeRecovery(
      {
        source: '/config/.storage/area_occupancy.db',
        path: '/home/me/recovered.db',
        bytes: 5_000_000,
        startedAt: report.startedAt,
        milliseconds: 2000,
        pages: 1200,
        missingPages: [{ from: 1100, to: 1200 }],
        schema: 'file',
        changedMeanwhile: true,
        tables: [
          { table: 'areas', rows: 5, damagedRows: 0, refusedRows: 0, lostPages: [], lostRows: [] },
          {
            table: 'intervals',
            rows: 9000,
            damagedRows: 2,
            refusedRows: 1,
            lostPages: [
              { from: 40, to: 41 },
              { from: 50, to: 50 },
            ],
            lostRows: [
              { after: 100, upTo: 180 },
              { after: 900, upTo: null },
            ],
          },
        ],
        lostIndexes: ['uq_intervals'],
        unknownPages: [],
        hasVersion: false,
      },
      format,
    );
    expect(text).toContain('9,005 rows recovered; parts of intervals are lost.');
    expect(text).toContain('| intervals | 9,000 | 2 | 1 | 3 |');
    expect(text).toContain('Pages 40–41, 50.');
    expect(text).toContain('- 101 to 180\n- from 901');
    expect(text).toContain('**The version of the database was lost.**');
    expect(text).toContain('**The file was written while it was read.**');
    expect(text).toContain('pages 1,100–1,200 are not there');
  });
});
