import { expect, it } from 'vitest';
import { playRounds, tell } from './playRounds';
import { amount, figure, LANES } from './support';

it('T3: 8 of ours that find a stale lock in every round are never two inside', async () => {
  const rounds = amount(10_000, 20);
  const outcome = await playRounds({ ours: 8, peers: 0, rounds, lanes: LANES, period: 0 });
  figure('T3', `${rounds} rounds, ${tell(outcome)}`, '0 ours-ours, 0 lost');
  expect([outcome.overlaps.oursOurs, outcome.lost, outcome.stays.length]).toEqual([0, 0, 8 * rounds]);
});
