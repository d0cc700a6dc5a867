import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { start } from '../locks/support';
import { amount, figure, scratch } from './support';

interface Report {
  readonly faults: readonly string[];
  readonly strikes: number;
  readonly outcomes: Record<string, number>;
  readonly before: number;
  readonly after: number;
  readonly left: readonly string[];
}

it('T8: no fault of the file system leads to the removal of a foreign lock, or leaks a descriptor', async () => {
  const cycles = amount(10_000, 1000);
  const report: Report = JSON.parse(await text(start('../torture/faulty.mts', scratch('disk'), cycles).stdout!));
  const { strikes, faults, before, after, outcomes, left } = report;
  figure('T8', `${cycles} cycles, ${strikes} faults struck, ${faults.length} wrong, ${after - before} descriptors more`, '0, 0');
  expect(faults).toEqual([]);
  expect(strikes).toBeGreaterThan(cycles / 5);
  expect(outcomes['held']).toBeGreaterThan(0);
  expect([after - before, left]).toEqual([0, []]);
});
