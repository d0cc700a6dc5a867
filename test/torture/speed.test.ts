import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { start } from '../locks/support';
import { core } from '../support/core.mts';
import { amount, figure, quantile, scratch } from './support';

/** A goal that is missed by more than this is a regression. */
const MARGIN = 1.25;

it('T19: a cycle takes 70 µs, a look whether it is held 10 µs', async () => {
  const cycles = amount(20_000, 1000);
  const lock = new core.FileLock(join(scratch('disk'), 'area_occupancy.db.lock'));
  const [whole, looks]: [number[], number[]] = [[], []];
  for (let cycle = -2000; cycle < cycles; cycle++) {
    const began = process.hrtime.bigint();
    await lock.acquire();
    const held = process.hrtime.bigint();
    lock.assertHeld();
    const looked = process.hrtime.bigint();
    await lock.release();
    const ended = process.hrtime.bigint();
    if (cycle < 0) continue;
    whole.push(Number(held - began + (ended - looked)) / 1000);
    looks.push(Number(looked - held) / 1000);
  }
  const [cycle, look] = [quantile(whole, 0.5), quantile(looks, 0.5)];
  figure('T19 (cycle)', `${cycle.toFixed(1)} µs p50; assertHeld ${look.toFixed(1)} µs p50`, '70 µs; 10 µs');
  expect(cycle).toBeLessThan(70 * MARGIN);
  expect(look).toBeLessThan(10 * MARGIN);
});

it('T19: from a release to the acquisition of the one who waits it takes 1 ms, 5 ms at most', async () => {
  // Now and then ours leave the lock free for a peer, 110 ms each time: of fewer holds that alone would be more than 1 %.
  const holds = Math.max(300, amount(500, 20));
  const path = join(scratch('disk'), 'area_occupancy.db.lock');
  const outputs = await Promise.all([1, 2].map(() => text(start('../bench/handOff.mts', path, holds, 1).stdout!)));
  const stays = outputs.flatMap((output, who) =>
    output
      .trim()
      .split('\n')
      .map((line) => ({ who, from: Number(line.split(' ')[0]), until: Number(line.split(' ')[1]) })),
  );
  const inOrder = stays.toSorted((one, other) => one.from - other.from);
  const gaps = inOrder.flatMap((stay, index) => {
    const before = inOrder[index - 1];
    return before && before.who !== stay.who ? [(stay.from - before.until) / 1e6] : [];
  });
  const [p50, p99] = [quantile(gaps, 0.5), quantile(gaps, 0.99)];
  figure('T19 (hand-off)', `${p50.toFixed(2)} ms p50, ${p99.toFixed(2)} ms p99 of ${gaps.length}`, '1 ms, 5 ms');
  expect(p50).toBeLessThan(MARGIN);
  expect(p99).toBeLessThan(5 * MARGIN);
});
