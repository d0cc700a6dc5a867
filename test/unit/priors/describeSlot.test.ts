import { describe, expect, it } from 'vitest';
import { describeDifference, describeSlot } from '../../../src/core/priors/describeSlot';
import { describeClock, describeWeek } from '../../../src/core/priors/describeWeek';
import { priorsTitle, readPriorsAddress, writePriorsAddress } from '../../../src/core/priors/priorsAddress';
import { priorsView } from '../../../src/core/priors/priorsView';
import { prior, priorsOf, wordsOf } from './priorsOf';

const NOW = Date.parse('2026-11-24T14:30:00Z');
const words = wordsOf('en-GB', 'Europe/Berlin');

describe('An hour of the week in words', () => {
  const view = priorsView(
    [priorsOf('Kitchen', [prior(1, 15, 0.1234), prior(0, 0, 0.5, { dataPoints: 1 })]), priorsOf('Büro', [prior(1, 15, 0.05)])],
    NOW,
    'Europe/Berlin',
  );

  it('has its number, what that rests on, and the prior of the area', () => {
    expect(describeSlot(view, view.weeks[0], { day: 1, slot: 15 }, words)).toEqual([
      'Tuesday, 15:00 – 16:00 (now)',
      'Kitchen: 12.3%',
      'Data points: 4 (weeks with data of this hour)',
      'Confidence: 75%',
      'Learned from 23 Oct 2026, 14:06:53 – 20 Nov 2026, 10:30:00',
      'Method: interval_analysis',
      'Calculated: 20 Nov 2026, 10:30:00',
      'Overall prior of the area: 4%',
    ]);
    expect(describeSlot(view, view.weeks[0], { day: 0, slot: 0 }, words)).toContain(
      'Data points: 1 (week with data of this hour)',
    );
  });

  it('says that it was not learned, and what is assumed then', () => {
    expect(describeSlot(view, view.weeks[0], { day: 6, slot: 23 }, words)).toEqual([
      'Sunday, 23:00 – 00:00',
      'Kitchen: not learned, Home Assistant assumes 50%',
      'Overall prior of the area: 4%',
    ]);
  });

  it('compares', () => {
    expect(describeDifference(view, { day: 1, slot: 15 }, words)).toEqual([
      'Tuesday, 15:00 – 16:00 (now)',
      'Kitchen: 12.3%',
      'Büro: 5%',
      'Difference: −7.3 points',
    ]);
    expect(describeDifference(view, { day: 0, slot: 0 }, words).at(-1)).toBe(
      'No difference is shown where one of them has not learned.',
    );
  });

  it('of an old version is by UTC, with the local time of it, and counts seconds', () => {
    const nothing = {
      confidence: null,
      calculatedAt: null,
      samplePeriodStart: null,
      samplePeriodEnd: null,
      calculationMethod: null,
    };
    const old = priorsOf('Kitchen', [prior(1, 14, 0.02, { ...nothing, dataPoints: 39_600 })], { clock: 'utc', overall: null });
    const kolkata = priorsView([old], NOW, 'Asia/Kolkata');
    expect(describeSlot(kolkata, kolkata.weeks[0], { day: 1, slot: 14 }, wordsOf('en-GB', 'Asia/Kolkata'))).toEqual([
      'Tuesday, 14:00 – 15:00 UTC (now)',
      'Tuesday 19:30 – Tuesday 20:30 in Asia/Kolkata (UTC+5:30)',
      'Kitchen: 2%',
      'Data points: 39,600 (seconds; 11 h)',
      'Calculated: 20 Nov 2026, 15:00:00',
      'Overall prior of the area: not learned yet',
    ]);
    expect(describeClock(kolkata, words)).toBe('Hours are by UTC: this version of Area Occupancy Detection learned by it.');
    const utc = priorsView([old], NOW, 'UTC');
    expect(describeSlot(utc, utc.weeks[0], { day: 1, slot: 14 }, words)[1]).toBe('Kitchen: 2%');
  });

  it('is readable whatever the database holds', () => {
    const bad = { dataPoints: 'many' as unknown as number, confidence: 'high' as unknown as number, calculatedAt: 'then' };
    const odd = priorsView([priorsOf('A', [prior(1, 15, 'often' as unknown as number, bad)])], NOW, 'UTC');
    const lines = describeSlot(odd, odd.weeks[0], { day: 1, slot: 15 }, words);
    expect(lines.slice(1, 3)).toEqual(['A: no number (often)', 'Data points: many']);
    expect(lines).toContain('Calculated: ?');
  });
});

describe('An area in words', () => {
  it('has how its prior as a whole was learned', () => {
    const globalPrior = {
      priorValue: 0.04,
      calculationDate: '2026-11-20 09:30:00.250000',
      dataPeriodStart: '2026-10-23 12:06:53',
      dataPeriodEnd: '2026-11-20 09:30:00',
      totalOccupiedSeconds: 96_958.2,
      totalPeriodSeconds: 2_409_786.7,
      intervalCount: 1348,
      confidence: 0.5,
      calculationMethod: 'interval_analysis',
    };
    const view = priorsView([priorsOf('Kitchen', [], { globalPrior })], NOW, 'Europe/Berlin');
    expect(describeWeek(view, view.weeks[0], words)[0]).toBe(
      'Overall prior 4%: occupied 1 d 2 h of 27 d 21 h, 1,348 intervals, confidence 50%, interval_analysis, calculated 20 Nov 2026, 10:30:00.',
    );
  });
});

describe('The address of a view of priors', () => {
  it.each([null, 'חדר שינה / a&b=c'])('is read as it was written', (other) => {
    const address = { database: '/config/.storage/area_occupancy.db', area: 'Büro & Küche', other };
    expect(readPriorsAddress(writePriorsAddress(address))).toEqual(address);
  });

  it('is nothing without an area', () => {
    expect([readPriorsAddress(''), readPriorsAddress('database=x'), readPriorsAddress('area=x')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(priorsTitle({ database: '', area: 'A', other: 'B' })).toBe('A and B');
  });
});
