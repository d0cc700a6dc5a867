import type { Scenario } from './scenario';
import type { Beginning } from './scenarios';
import {
  BEGINNINGS,
  heartbeatAndRelease,
  killedBreaker,
  oursAndClear,
  oursAndNaive,
  oursNaiveAndLateHolder,
  sleepingMachine,
  stoppedHolder,
  TURNS,
  twoOfOurs,
} from './scenarios';

const beginnings = Object.keys(BEGINNINGS) as Beginning[];
/** Those whose lock has a holder that may yet come back and release it. */
const held: readonly Beginning[] = ['fresh foreign lock', 'foreign lock that goes stale meanwhile', 'stale lock'];

const killed: readonly Beginning[] = ['free', 'our own dead lock'];

/** @param isFull false for what a few seconds allow */
export function everyScenario(isFull: boolean): Scenario[] {
  return isFull ? [...brief(), ...thorough()] : brief();
}

function brief(): Scenario[] {
  return [
    ...beginnings.flatMap((beginning) => [
      twoOfOurs({ beginning }),
      oursAndClear({ beginning }),
      oursAndNaive(true, { beginning }),
    ]),
    ...killed.map((beginning) => twoOfOurs({ beginning, kills: 1 })),
    oursAndNaive(false, { beginning: 'stale lock' }),
    ...TURNS.map((arrival) => oursAndNaive(false, { beginning: 'stale lock', arrival })),
    // Ours breaks the stale lock just when a peer replaces it, and is killed while it puts that back.
    oursAndNaive(false, { beginning: 'stale lock', arrival: TURNS[0]!, kills: 1, preemptions: 3 }),
    oursNaiveAndLateHolder({ beginning: 'fresh foreign lock' }),
    twoOfOurs({ beginning: 'free', pace: 'slow', preemptions: 1 }),
    oursAndNaive(true, { beginning: 'free', pace: 'slow', preemptions: 1 }),
    // The peer is stopped between the creation of its lock and the content, right after ours gave its own back.
    oursAndNaive(false, { beginning: 'free, given back by ours just now', pace: 'slow', preemptions: 2 }),
    heartbeatAndRelease('ours'),
    heartbeatAndRelease('peer'),
    sleepingMachine('ours', 1),
    sleepingMachine('peer', 1),
    stoppedHolder(1),
  ];
}

function thorough(): Scenario[] {
  return [
    ...beginnings.flatMap((beginning) => [
      twoOfOurs({ beginning, kills: 1 }),
      oursAndClear({ beginning, kills: 1 }),
      oursAndNaive(true, { beginning, kills: 1 }),
      oursAndNaive(false, { beginning, kills: 1 }),
      ...TURNS.map((arrival) => oursAndNaive(true, { beginning, arrival, kills: 1 })),
      twoOfOurs({ beginning, rounds: 2 }),
      oursAndNaive(true, { beginning, rounds: 2 }),
      twoOfOurs({ beginning, pace: 'slow', preemptions: 1 }),
      oursAndClear({ beginning, pace: 'slow', preemptions: 1 }),
      oursAndNaive(true, { beginning, pace: 'slow', preemptions: 1 }),
    ]),
    ...held.flatMap((beginning) => [
      oursNaiveAndLateHolder({ beginning, kills: 1 }),
      oursNaiveAndLateHolder({ beginning, pace: 'slow', preemptions: 1 }),
    ]),
    oursAndNaive(true, { beginning: 'our own dead lock', pace: 'slow', preemptions: 2 }),
    oursAndNaive(false, { beginning: 'free', pace: 'slow', preemptions: 2, rounds: 2 }),
    twoOfOurs({ beginning: 'free', pace: 'slow' }),
    oursAndNaive(true, { beginning: 'free', pace: 'slow' }),
    sleepingMachine('ours', 2),
    sleepingMachine('peer', 2),
    stoppedHolder(2),
    killedBreaker({ preemptions: 1 }),
  ];
}
