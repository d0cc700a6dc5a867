import { describe, expect, it } from 'vitest';
import { Format } from '../../../src/core/format';
import { describeRows, summarizeSync } from '../../../src/core/tree/summarizeSync';
import { areaSync, entitySync, syncReport, type EntityCounts } from './syncReports';

const format = new Format('en-GB', 'Europe/Berlin');

/** The summary of a plan whose areas have an entity each. */
function summary(...entities: readonly EntityCounts[]): string {
  const areas = entities.map((counts, index) => areaSync(`Area ${index}`, entitySync(`sensor.${index}`, counts)));
  return summarizeSync(syncReport(...areas), format);
}

describe('The summary of a sync', () => {
  it('counts what is added and what is left out', () => {
    const busy = { intervals: { added: 400, alreadyThere: 1204, tooShort: 30 }, samples: { added: 96 } };
    expect(summary(busy, { intervals: { added: 1012, tooShort: 3 } }, {})).toBe(
      'Add 1,412 intervals in 2 areas and 96 samples; 1,204 already there, 33 too short',
    );
  });

  it.each<[string, readonly EntityCounts[]]>([
    ['Add 1 interval in 1 area', [{ intervals: { added: 1 } }]],
    ['Add 1 sample in 1 area', [{ samples: { added: 1 } }]],
    ['Add 2 intervals in 1 area and 1 sample', [{ intervals: { added: 2 }, samples: { added: 1 } }]],
    [
      'Add 5 samples in 2 areas; 1 already there',
      [{ samples: { added: 2 }, intervals: { alreadyThere: 1 } }, { samples: { added: 3 } }],
    ],
    [
      'Add 1 interval in 1 area; 2 too short, 3 too long, 4 unavailable, 5 too old',
      [{ intervals: { added: 1, tooShort: 2, tooLong: 3, unusable: 4, tooOld: 5 } }],
    ],
  ])('reads %s', (text, entities) => {
    expect(summary(...entities)).toBe(text);
  });

  it.each<[string, EntityCounts]>([
    ['1,204 intervals are already there, 33 are too short', { intervals: { alreadyThere: 1204, tooShort: 33 } }],
    ['1 interval is already there, 1 is unavailable', { intervals: { alreadyThere: 1, unusable: 1 } }],
    ['2 intervals are too short; 1 sample is already there', { intervals: { tooShort: 2 }, samples: { alreadyThere: 1 } }],
    ['96 samples are already there', { samples: { alreadyThere: 96 } }],
    ['no states since 20 Nov 2026, 09:00:00', { states: 0 }],
  ])('says that there is nothing to add: %s', (text, counts) => {
    expect(summary(counts)).toBe(`Nothing to add: ${text}`);
  });

  it('follows the language', () => {
    const report = syncReport(areaSync('Küche', entitySync('sensor.a', { intervals: { added: 1234 } })));
    expect(summarizeSync(report, new Format('de', 'UTC'))).toContain('1.234');
  });
});

describe('The rows that were written', () => {
  it.each([
    [{ intervals: 412, samples: 96 }, '412 intervals and 96 samples'],
    [{ intervals: 1, samples: 0 }, '1 interval'],
    [{ intervals: 0, samples: 1 }, '1 sample'],
    [{ intervals: 0, samples: 0 }, 'nothing'],
  ])('%o are %s', (rows, text) => {
    expect(describeRows(rows, format)).toBe(text);
  });
});
