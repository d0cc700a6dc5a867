import { describe, expect, it, vi } from 'vitest';
import { everyScenario } from './explorer/everyScenario';
import { Explorer } from './explorer/explore';
import {
  breakingByUnlink,
  leavingAsides,
  recordingAfterwards,
  withoutGuard,
  withoutIdentityCheck,
  withoutMark,
  withoutSettling,
} from './explorer/mutations';
import type { Scenario } from './explorer/scenario';
import { heartbeatAndRelease, killedBreaker, oursAndNaive, oursNaiveAndLateHolder, TURNS, twoOfOurs } from './explorer/scenarios';

// The code of a heartbeat's beat uses `fs` itself; here it gets the disk of the model.
vi.mock('node:fs', async (original) => {
  const { default: real } = await original<{ default: object }>();
  const { modelDisk } = await import('./explorer/modelDisk');
  return { default: { ...real, ...modelDisk } };
});

const isFull = process.env['EXPLORE'] === 'all';

describe('T7: all schedules of two processes', { timeout: 1_800_000 }, () => {
  it.each(everyScenario(isFull).map((scenario) => [scenario.name, scenario] as const))('%s', async (name, scenario) => {
    const started = performance.now();
    const result = await new Explorer(scenario).explore();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const { states, schedules, shortest, longest, violation } = result;
    if (isFull)
      console.log(`T7 ${JSON.stringify({ name, states, schedules, shortest, longest, seconds, violation: violation?.rule })}`);
    expect(violation).toBeUndefined();
    expect(schedules).toBeGreaterThan(0);
  });
});

describe('T7: the explorer finds', () => {
  const broken: [string, Scenario, RegExp][] = [
    [
      'a lock that does not look whether its file is still its own',
      oursAndNaive(true, { beginning: 'our own dead lock', mutate: withoutIdentityCheck }),
      /^A commits, though its lock is lost$/,
    ],
    [
      'a break by unlink',
      oursAndNaive(false, { beginning: 'stale lock', arrival: TURNS[0]!, mutate: breakingByUnlink }),
      /^A removes the fresh lock of P$/,
    ],
    [
      'a claim that does not settle',
      oursNaiveAndLateHolder({ beginning: 'stale lock', mutate: withoutSettling }),
      /^the peer P goes in beside A$/,
    ],
    [
      'a guard that excludes nobody',
      twoOfOurs({ beginning: 'our own dead lock', mutate: withoutGuard }),
      /^B removes the fresh lock of A$/,
    ],
    [
      'an owner record that is written after the marker',
      twoOfOurs({ beginning: 'free', mutate: recordingAfterwards, kills: 1 }),
      /^the next run meets ".*" of [AB] and ends with/,
    ],
    [
      'a lock that takes any other for stale',
      twoOfOurs({ beginning: 'fresh foreign lock', staleAfter: -300 }),
      /removes the fresh lock/,
    ],
    [
      'a lock that takes the empty file of a peer, stopped before it can write, for its own',
      oursAndNaive(false, {
        beginning: 'free, given back by ours just now',
        pace: 'slow',
        preemptions: 2,
        mutate: withoutMark,
      }),
      /^A removes the fresh lock of P$/,
    ],
    [
      'a lock that is left aside by one that was killed while it broke a stale one',
      killedBreaker({ preemptions: 1, mutate: leavingAsides }),
      /^B goes in beside the peer P$/,
    ],
    [
      'a heartbeat that does not ask whether the hold has ended',
      heartbeatAndRelease('peer', { isBlind: true }),
      /writes into a lock file that is not its own/,
    ],
  ];
  it.each(broken)('%s', async (_name, scenario, rule) => {
    const { violation } = await new Explorer(scenario).explore();
    expect(violation?.rule).toMatch(rule);
  });
});
