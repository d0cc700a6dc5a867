import { beforeEach, describe, expect, it } from 'vitest';
import { RedisRenewal } from '../../../src/core/lock/redisRenewal';
import { REDIS_TIMES } from '../../../src/core/lock/redisTimes';
import { FakeClock } from './fakeWorld';

let clock: FakeClock;
let tries: number[];
let losses: string[];

beforeEach(() => {
  clock = new FakeClock();
  tries = [];
  losses = [];
});

/** @param answers of each try in turn, at last for ever */
function renew(...answers: (boolean | 'cut')[]): RedisRenewal {
  const once = async (): Promise<boolean> => {
    tries.push(clock.monotonic());
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === 'cut') throw new Error('cut');
    return answer === true;
  };
  const lose = (loss: string): void => void losses.push(`${loss} at ${clock.monotonic()}`);
  return new RedisRenewal({ times: REDIS_TIMES, clock, renew: once, lose }, 0);
}

describe('the renewal of a lease', () => {
  it('comes every ten seconds, until it is stopped', async () => {
    const renewal = renew(true);
    await clock.sleep(35_000);
    renewal.stop();
    await clock.sleep(60_000);
    expect(tries).toEqual([10_000, 20_000, 30_000]);
    expect([losses, clock.pending]).toEqual([[], 0]);
  });

  it('is tried again every half second while the connection is cut', async () => {
    const renewal = renew('cut', 'cut', 'cut', true);
    await clock.sleep(25_000);
    renewal.stop();
    expect(tries).toEqual([10_000, 10_500, 11_000, 11_500, 21_500]);
    expect(losses).toEqual([]);
  });

  it('gives the lease up when it could not be renewed for as long as it is certain to last', async () => {
    renew('cut');
    await clock.sleep(60_000);
    // 30 s less 1 % and 2 ms: the last try was before that.
    expect(Math.max(...tries)).toBeLessThan(29_698);
    expect(losses).toEqual(['late at 30000']);
  });

  it('gives the lease up when Redis does not know it any more', async () => {
    renew(true, false);
    await clock.sleep(60_000);
    expect([tries, losses]).toEqual([[10_000, 20_000], ['replaced at 20000']]);
  });
});
