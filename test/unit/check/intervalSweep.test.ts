import { describe, expect, it } from 'vitest';
import { Findings } from '../../../src/core/check/findings';
import type { Rule } from '../../../src/core/check/finding';
import { IntervalSweep } from '../../../src/core/check/intervalSweep';
import type { CheckedIntervalRow } from '../../../src/core/sql/checkQueries';
import { HOUR_US, utcMicroseconds, utcTextOfMicroseconds } from '../../../src/core/time';

const NOON = utcMicroseconds('2026-11-20 12:00:00');
const at = (minutes: number): string => utcTextOfMicroseconds(NOON + minutes * 60_000_000);

let id = 0;
function row(state: string, from: number, to: number, more: Partial<CheckedIntervalRow> = {}): CheckedIntervalRow {
  const [start_time, end_time] = [at(from), at(to)];
  return { id: (id += 1), state, start_time, end_time, duration_seconds: (to - from) * 60, aggregation_level: 'raw', ...more };
}

/** Rows in the order of their starts, as they are read. */
function sweep(entityType: string | undefined, ...rows: readonly CheckedIntervalRow[]): Findings {
  const findings = new Findings();
  const sweeping = new IntervalSweep({ entityId: 'sensor.x', entityType }, findings, NOON + 24 * 30 * HOUR_US);
  for (const one of rows) sweeping.add(one);
  sweeping.end();
  return findings;
}
const rules = (findings: Findings): (readonly [Rule, number])[] => findings.all.map(({ rule, count }) => [rule, count.count]);

describe('a sweep over the intervals of an entity', () => {
  it('finds nothing in states that follow each other', () => {
    expect(rules(sweep('motion', row('on', 0, 5), row('off', 5, 60), row('on', 60, 61)))).toEqual([]);
  });

  it.each([
    ['a state that went on at two syncs', [row('off', 0, 60), row('off', 0, 120), row('off', 0, 700)]],
    ['a state that was in force an hour before', [row('off', 0, 300), row('off', 240, 360)]],
    ['a change that the recorder committed late', [row('off', 0, 60), row('on', 59.5, 70)]],
    ['rows of a coarser level', [row('on', 0, 60), row('off', 0, 60, { aggregation_level: 'daily' })]],
    ['an end that was moved by an hour after it was counted', [row('off', 0, 100, { duration_seconds: 2400 })]],
    ['what was off for days', [row('off', 0, 60 * 24 * 20)]],
  ])('takes %s for no fault', (_what, rows) => {
    expect(rules(sweep('motion', ...rows))).toEqual([]);
  });

  it.each<[string, Rule, CheckedIntervalRow[]]>([
    ['two states at once', 'conflicts', [row('off', 0, 60), row('on', 10, 20)]],
    ['two states at once, with others in between', 'conflicts', [row('off', 0, 600), row('off', 0, 5), row('on', 10, 20)]],
    ['a state twice for more than an hour', 'overlaps', [row('off', 0, 300), row('off', 100, 400)]],
    ['the same row twice', 'duplicates', [row('off', 0, 60), row('off', 0, 60)]],
    ['the same row twice, of no length', 'duplicates', [row('on', 5, 5), row('on', 5, 5)]],
    ['an end before its start', 'negativeDurations', [row('off', 10, 5)]],
    ['a duration below zero', 'negativeDurations', [row('off', 5, 10, { duration_seconds: -300 })]],
    ['a duration that is not the difference', 'impossibleDurations', [row('off', 0, 10, { duration_seconds: 599 - 300 })]],
    ['a duration that is no number', 'impossibleDurations', [row('off', 0, 10, { duration_seconds: 'long' })]],
    ['an “on” that AOD does not keep', 'impossibleDurations', [row('on', 0, 14 * 60)]],
    ['a time that is none', 'badTimes', [row('off', 0, 10, { start_time: '2026-02-30 00:00:00' })]],
    ['a time of another type', 'badTimes', [row('off', 0, 10, { end_time: 1_795_000_000 })]],
    ['a time to come', 'future', [row('off', 60 * 24 * 31, 60 * 24 * 31 + 5)]],
  ])('finds %s', (_what, rule, rows) => {
    expect(rules(sweep('motion', ...rows))).toEqual([[rule, 1]]);
  });

  it('finds a motion sensor that sees somebody for more than a day, and no door that is closed for weeks', () => {
    const hours = Array.from({ length: 30 }, (_, hour) => row('on', hour * 60, hour * 60 + 60));
    expect(rules(sweep('motion', ...hours))).toEqual([['stuck', 1]]);
    expect(rules(sweep('door', ...hours))).toEqual([]);
    expect(rules(sweep(undefined, ...hours))).toEqual([]);
    // Somebody left in the meantime.
    expect(rules(sweep('motion', ...hours.filter((_, hour) => hour !== 10 && hour !== 11)))).toEqual([]);
  });

  it('finds a reading that stands still for more than a week', () => {
    const days = Array.from({ length: 9 }, (_, day) => row('21.4', day * 1440, day * 1440 + 1440));
    expect(rules(sweep('temperature', ...days))).toEqual([['stuck', 1]]);
    expect(rules(sweep('power', ...days))).toEqual([]);
  });

  it('counts all and keeps few, however many there are', () => {
    const many = Array.from({ length: 5000 }, (_, index) => row(index % 2 ? 'on' : 'off', index / 100, 600));
    const [finding] = sweep('motion', ...many).all;
    expect(finding?.count.count).toBe(4999);
    expect(finding?.examples.length).toBe(10);
  });
});
