import { describe, expect, it } from 'vitest';
import { consequenceOf, describeChanges, describeValues, oddity } from '../../../src/core/edit/describeEdit';
import { editFields, knownPurposes, parseShare, shareProblem } from '../../../src/core/edit/editFields';
import { changedFields, editableValues, withValues, type EditableRow } from '../../../src/core/edit/rowEdit';
import { Format } from '../../../src/core/format';
import { area, entity } from '../tree/homeReader';

const format = new Format('en', 'UTC');
const kitchen: EditableRow = { kind: 'area', row: area('Kitchen', 'food_prep') };
const sensor = entity('Kitchen', 'binary_sensor.motion', 'motion');
const motion: EditableRow = { kind: 'entity', row: sensor };
const bounds = { least: 0.01, most: 0.99 };

describe('A share that is typed', () => {
  it.each([
    ['0.52', 0.52],
    [' 0,52 ', 0.52],
    ['.5', 0.5],
    ['52%', 0.52],
    ['52.1 %', 0.521],
    ['99 %', 0.99],
    ['0.01', 0.01],
  ])('%j is %d', (text, value) => expect(parseShare(text, bounds)).toBe(value));

  it.each([
    ['', /^This is no number\. Give a number from 0\.01 to 0\.99, or as percent/],
    ['half', /^This is no number/],
    ['1e-1', /^This is no number/],
    ['0x1', /^This is no number/],
    ['52', /^52 is out of bounds/],
    ['0.995', /out of bounds/],
    ['0 %', /out of bounds/],
    ['-0.5', /out of bounds/],
  ])('%j is refused', (text, problem) => {
    expect(shareProblem(text, bounds)).toMatch(problem);
    expect(() => parseShare(text, bounds)).toThrow();
  });

  it('is accepted at both bounds of a threshold', () => {
    const threshold = editFields('area').find(({ key }) => key === 'threshold');
    expect(threshold?.bounds).toEqual({ least: 0, most: 1 });
    expect(shareProblem('0', { least: 0, most: 1 })).toBeUndefined();
    expect(shareProblem('100 %', { least: 0, most: 1 })).toBeUndefined();
  });
});

describe('An edit', () => {
  it('has every value of its row as a field', () => {
    for (const row of [kitchen, motion])
      expect(Object.keys(editableValues(row))).toEqual(editFields(row.kind).map(({ key }) => key));
    expect(knownPurposes()).toHaveLength(12);
  });

  it('is told as it changes', () => {
    const after = withValues(kitchen, { purpose: 'eating', threshold: 0.425 });
    expect(changedFields(kitchen, after)).toEqual(['purpose', 'threshold']);
    expect(describeChanges({ before: kitchen, after }, format)).toEqual([
      'Purpose: Kitchen, half-life 4 min → Dining Room, half-life 8 min',
      'Threshold: 50% → 42.5%',
    ]);
    expect(describeValues(motion, format)).toBe('Weight: 0.85, Active when occupied: 80%, Active when not occupied: 5%');
    expect(changedFields(kitchen, withValues(kitchen, { threshold: 0.5 }))).toEqual([]);
  });

  it('shows a purpose that is unknown as it is stored', () => {
    const before = withValues(kitchen, { purpose: 'ballroom' });
    expect(describeChanges({ before, after: kitchen }, format)).toEqual(['Purpose: ballroom → Kitchen, half-life 4 min']);
  });

  it('tells of the other numbers that saving brings within their bounds', () => {
    const beyond: EditableRow = { kind: 'entity', row: { ...sensor, probGivenTrue: 1 } };
    expect(describeChanges({ before: beyond, after: withValues(beyond, { weight: 0.5 }) }, format)).toEqual([
      'Weight: 0.85 → 0.5',
      'Active when occupied: 100% → 99%',
    ]);
  });

  it('is odd where an entity would then be no evidence', () => {
    const to = (values: object): string | undefined => oddity({ before: motion, after: withValues(motion, values) });
    expect(to({ probGivenTrue: 0.05 })).toMatch(/would not speak for occupancy/);
    expect(to({ probGivenFalse: 0.79 })).toBeUndefined();
    expect(oddity({ before: kitchen, after: kitchen })).toBeUndefined();
  });

  it('says what Home Assistant does with it', () => {
    expect(consequenceOf('area')).toMatch(/does not read this back/);
    expect(consequenceOf('entity')).toMatch(/reads this when it starts/);
  });
});
