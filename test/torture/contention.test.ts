import { describe, expect, it } from 'vitest';
import { playRounds, spanOf, tell } from './playRounds';
import { amount, figure } from './support';

describe('one lock', () => {
  it.each(['disk', 'memory'] as const)('T1: 16 of ours on %s are never two inside, and lose nothing', async (where) => {
    const rounds = amount(5000, 50);
    const outcome = await playRounds({ ours: 16, peers: 0, rounds, lanes: 1, period: 0, hold: 0, isShared: true }, where);
    const rate = outcome.stays.length / spanOf(outcome.stays);
    figure(`T1 (${where})`, `${tell(outcome)}, ${rate.toFixed(0)} holds/s`, 'all, 0 ours-ours, 0 lost, 1500/s');
    expect([outcome.overlaps.oursOurs, outcome.lost, outcome.stays.length]).toEqual([0, 0, 16 * rounds]);
  });

  it('T2: 4 of ours and 4 of the seed: nothing goes unnoticed', async () => {
    const rounds = amount(500, 20);
    const outcome = await playRounds({ ours: 4, peers: 4, rounds, lanes: 1, period: 0, hold: 1, isShared: true });
    const { oursOurs, undetected } = outcome.overlaps;
    const oursDone = outcome.stays.filter(({ isOurs }) => isOurs).reduce((last, { until }) => (until > last ? until : last), 0n);
    const beside = outcome.stays.filter(({ isOurs, until }) => !isOurs && until <= oursDone).length;
    const share = beside / (beside + 4 * rounds);
    figure(
      'T2',
      `${tell(outcome)}; the seed had ${(share * 100).toFixed(0)} % while both wanted it`,
      '0 ours-ours, 0 unnoticed, 33 %',
    );
    expect([oursOurs, undetected, outcome.lost]).toEqual([0, 0, 0]);
  });
});
