import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deadline } from '../../../src/core/lock/deadline';
import { HoldEstimates, HoldEstimator } from '../../../src/core/lock/holdEstimator';
import { seededRandom } from '../../support/random.mts';
import { FakeClock } from './fakeWorld';

const holds = fc.array(fc.double({ min: 0, max: 120_000, noNaN: true }), { maxLength: 60 });

function after(samples: readonly number[]): HoldEstimator {
  const estimator = new HoldEstimator();
  for (const sample of samples) estimator.sample(sample);
  return estimator;
}

describe('how long it is worth waiting', () => {
  it('is the 30 s of the seed until 8 holds were seen to their end', () => {
    fc.assert(
      fc.property(holds, fc.nat({ max: 20 }), (samples, ahead) => {
        const patience = after(samples).patience(ahead);
        if (samples.length < 8) expect(patience).toBe(30_000);
        else expect(patience).toBeGreaterThanOrEqual(5000);
        expect(patience).toBeLessThanOrEqual(60_000);
      }),
    );
  });

  it('is what RFC 6298 says, to the number', () => {
    const estimator = after(Array.from({ length: 8 }, () => 8000));
    // The deviation begins as half of the first sample and loses a quarter with each that is as expected.
    expect(estimator.patience(0)).toBeCloseTo(8000 + 4 * 4000 * 0.75 ** 7, 6);
    estimator.sample(10_000);
    const deviation = 4000 * 0.75 ** 8 + 2000 / 4;
    expect(estimator.patience(0)).toBeCloseTo(8250 + 4 * deviation, 6);
    expect(estimator.patience(1)).toBeCloseTo(2 * (8250 + 4 * deviation), 6);
  });

  it('grows with the place in the queue, and is never less than the mean hold', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 8, maxLength: 60 }), (samples) => {
        const estimator = after(samples);
        const patiences = [0, 1, 2, 5].map((ahead) => estimator.patience(ahead));
        expect(patiences).toEqual(patiences.toSorted((one, other) => one - other));
        expect(patiences[0]).toBeGreaterThanOrEqual(Math.min(...samples));
      }),
    );
  });

  it('doubles with each timeout, at most to four times, until the next success', () => {
    const estimator = after(Array.from({ length: 30 }, () => 50));
    const patiences = [0, 1, 2, 3].map(() => {
      const patience = estimator.patience(0);
      estimator.timedOut();
      return patience;
    });
    expect(patiences).toEqual([5000, 10_000, 20_000, 20_000]);
    estimator.succeeded();
    expect(estimator.patience(0)).toBe(5000);
  });

  it('learns from a hold that was not seen to its end only that it was long', () => {
    const estimator = after(Array.from({ length: 30 }, () => 1000));
    estimator.censor(900);
    expect(estimator.patience(0)).toBe(5000);
    estimator.censor(20_000);
    expect(estimator.patience(0)).toBeGreaterThanOrEqual(20_000);
  });

  it('follows holds that step from 50 ms to 5 s: at most 1 % false timeouts after 20 of them', () => {
    const random = seededRandom(42);
    const estimator = new HoldEstimator();
    const results: boolean[] = [];
    for (let round = 0; round < 2020; round++) {
      const usual = round < 20 ? 50 : 5000;
      const hold = usual * (0.8 + 0.4 * random.next());
      // Whoever asks comes at some moment of the hold, and has seen when it began.
      const wait = hold * (1 - random.next() / 10);
      const isTimeout = wait > estimator.patience(0);
      if (isTimeout) {
        estimator.censor(hold - wait + estimator.patience(0));
        estimator.timedOut();
      } else {
        estimator.sample(hold);
        estimator.succeeded();
      }
      if (round >= 20) results.push(isTimeout);
    }
    const settled = results.slice(20);
    expect(settled.filter(Boolean).length / settled.length).toBeLessThanOrEqual(0.01);
    // It does not wait for ever either: a hold of 5 s is given up after little more than what is usual.
    expect(estimator.patience(0)).toBeLessThan(10_000);
  });
});

describe('a deadline', () => {
  it('with a number is never moved, whoever is met', () => {
    const deadline = new Deadline(new FakeClock(), 7);
    deadline.meets('marker');
    expect([deadline.remaining, deadline.isAdaptive]).toEqual([7000, false]);
  });

  it('that adapts is that of whom it meets, of several the longest, each asked once', () => {
    const estimates = new HoldEstimates();
    for (let count = 0; count < 10; count++) estimates.of('ours').sample(20);
    const deadline = new Deadline(new FakeClock(), 60, (peer) => estimates.of(peer).patience(0));
    expect(deadline.remaining).toBe(60_000);
    deadline.meets('ours');
    expect(deadline.remaining).toBe(5000);
    deadline.meets('marker');
    expect(deadline.remaining).toBe(30_000);
    deadline.meets('ours');
    expect(deadline.remaining).toBe(30_000);
  });
});
