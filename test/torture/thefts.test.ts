import { expect, it } from 'vitest';
import { playRounds, tell } from './playRounds';
import { amount, figure, isFull, LANES } from './support';

/** The longest pause (ms) of a peer between its look and its removal: below our settling, and above it. */
const pauses = [['T4', 5] as const, ['T5', 500] as const].filter(([test]) => isFull || test === 'T5');

it.each(pauses)(
  '%s: of 3 peers that are stopped for up to %i ms before they remove a stale lock, 3 of ours notice every theft',
  async (test, preemption) => {
    const rounds = amount(5000, 20);
    const party = { ours: 3, peers: 3, rounds, lanes: LANES, period: 4000, latest: 2600, preemption };
    const outcome = await playRounds(party);
    const { oursOurs, undetected } = outcome.overlaps;
    figure(test, `${rounds} rounds, ${tell(outcome)}`, '0 ours-ours, 0 unnoticed, 0 lost');
    expect([oursOurs, undetected, outcome.lost]).toEqual([0, 0, 0]);
    expect(outcome.stays.length).toBe(6 * rounds);
  },
);
