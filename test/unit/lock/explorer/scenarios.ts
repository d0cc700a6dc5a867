import { SETTLE_MS } from '../../../../src/core/lock/calmHistory';
import type { LockSite } from '../../../../src/core/lock/lockSite';
import type { BeatOptions } from './heartbeat';
import { heartbeat } from './heartbeat';
import { BEAT_SECONDS } from './operations';
import { clearing, lateHolder, naive, ours } from './programs';
import type { Participant, Scenario } from './scenario';
import type { World } from './world';
import { createFile, GUARD_INODE, LOCK, START } from './world';

/** What may be at the path when two processes begin. */
export const BEGINNINGS = {
  free: () => undefined,
  'free, given back by ours just now': (world: World) => record(world, '88:1795478400.000000', 0),
  'fresh foreign lock': (world: World) => place(world, 'holder elsewhere', '4242:1795478390.5', 10),
  'foreign lock that goes stale meanwhile': (world: World) => place(world, 'gone elsewhere', '4242:1795478100.05', 299.95),
  'stale lock': (world: World) => place(world, 'gone elsewhere', '4242:1795478000.5', 400),
  leftover: (world: World) => place(world, 'filelock', '', 400),
  garbage: (world: World) => place(world, 'someone', 'hello', 400),
  'our own dead lock': (world: World) => placeOrphan(world, '88:1795478280.000000', 120),
  'our own dead lock, old': (world: World) => placeOrphan(world, '88:1795478040.000000', 360),
  'our own dead lock, never written': (world: World) => placeOrphan(world, '', 120),
} as const;

/** When ours, alone with a stale lock, looks a second time, ends its quarantine, and has settled; ms. */
export const TURNS = [2100, 2250, 2310];

export type Beginning = keyof typeof BEGINNINGS;

/** @param age seconds */
function place(world: World, creator: string, text: string, age: number, isSticky = false): void {
  const time = START - age * 1000;
  createFile(world, LOCK, { creator, text, modified: time, changed: time, isSticky });
}

function placeOrphan(world: World, text: string, age: number): void {
  place(world, 'killed of ours', text, age, true);
  record(world, text || `88:${(START / 1000 - age).toFixed(6)}`, age);
}

/** What one of ours that ended has left beside the lock. @param age seconds since its last claim */
function record(world: World, content: string, age: number): void {
  const writer = { pid: 88, life: '00000000000000b0', token: '00000000000000bb' };
  world.record = { content, claimedAt: START - age * 1000, calm: true, guard: GUARD_INODE, writer };
}

export type Mutation = (site: LockSite) => LockSite;

export interface Choices {
  readonly beginning: Beginning;
  readonly pace?: Scenario['pace'];
  readonly kills?: number;
  readonly preemptions?: number;
  readonly rounds?: number;
  /** ms after which the peer comes. */
  readonly arrival?: number;
  readonly mutate?: Mutation;
  readonly staleAfter?: number;
}

const NO_RESIDUALS = { isTheftPossible: false, isJoinPossible: false };

export function twoOfOurs({ rounds = 1, mutate, staleAfter = 300, ...choices }: Choices): Scenario {
  const member = (name: string, pid: number): Participant => ({
    name,
    pid,
    isOurs: true,
    program: ours({ pid, rounds, mutate, staleAfter }),
  });
  return scenario('two of ours', [member('A', 77), member('B', 78)], choices);
}

/** One of ours acquires while the user has another clear the lock. */
export function oursAndClear({ mutate, staleAfter = 300, ...choices }: Choices): Scenario {
  const member = { name: 'A', pid: 77, isOurs: true, program: ours({ pid: 77, mutate, staleAfter }) };
  // It tries for the guard every 20 ms; where every sleep may be outslept, a hundred tries would show no more than five.
  const timeout = choices.pace === 'slow' ? 0.1 : 2;
  const clear = { name: 'C', pid: 79, isOurs: true, program: clearing({ pid: 79, timeout, mutate, staleAfter }) };
  return scenario('ours and a clear', [member, clear], choices);
}

/** @param isFaultStale as the seed, whose failing `stat` counts as stale; else a peer that only goes by the age */
export function oursAndNaive(isFaultStale: boolean, { rounds = 1, arrival = 0, mutate, ...choices }: Choices): Scenario {
  const member = { name: 'A', pid: 77, isOurs: true, program: ours({ pid: 77, rounds, mutate }) };
  const peer = { name: 'P', pid: 4343, isOurs: false, program: naive({ pid: 4343, isFaultStale, arrival }) };
  const isTheftPossible = isFaultStale || choices.pace === 'slow';
  const kind = isFaultStale ? 'ours and the seed' : 'ours and a peer that goes by the age';
  const name = arrival > 0 ? `${kind}, which comes after ${arrival} ms` : kind;
  return { ...scenario(name, [member, peer], choices), residuals: { isTheftPossible, isJoinPossible: false } };
}

/** As above, while the stale lock's own holder comes back and releases by name. */
export function oursNaiveAndLateHolder({ mutate, ...choices }: Choices): Scenario {
  const { participants, residuals, ...base } = oursAndNaive(false, { ...choices, ...(mutate && { mutate }) });
  const late = { name: 'H', pid: 4242, isOurs: false, program: lateHolder() };
  const name = `${base.name}, and a late holder`;
  return { ...base, name, participants: [...participants, late], residuals: { ...residuals, isJoinPossible: true } };
}

/**
 * Ours breaks the stale lock just when a peer replaces it, and is killed while the peer's lock is aside: another of ours, waiting,
 * has to find it there before it takes the path for free.
 */
export function killedBreaker({ mutate, preemptions = Infinity }: Partial<Choices>): Scenario {
  const arrival = TURNS[0] ?? 0;
  const base = oursAndNaive(false, { beginning: 'stale lock', kills: 1, preemptions, ...(mutate && { mutate }) });
  const [breaker] = base.participants;
  const peer = { name: 'P', pid: 4343, isOurs: false, program: naive({ pid: 4343, isFaultStale: false, arrival, work: 5000 }) };
  const waiter = { name: 'B', pid: 78, isOurs: true, program: ours({ pid: 78, mutate }) };
  return { ...base, name: `${base.name}, and another of ours`, participants: breaker ? [breaker, peer, waiter] : [] };
}

/** A hold that ends just when its heartbeat is due, and another who waits for it. */
export function heartbeatAndRelease(other: 'ours' | 'peer', beat: BeatOptions = {}): Scenario {
  const work = BEAT_SECONDS * 1000 - SETTLE_MS;
  const holder = { name: 'A', pid: 77, isOurs: true, program: ours({ pid: 77, work }) };
  const heart = { name: "A's heartbeat", pid: 77, isOurs: true, threadOf: 'A', program: heartbeat(beat) };
  const waiter =
    other === 'ours'
      ? { name: 'B', pid: 78, isOurs: true, program: ours({ pid: 78, timeout: 30, shortestWait: 10_000 }) }
      : {
          name: 'P',
          pid: 4343,
          isOurs: false,
          program: naive({ pid: 4343, isFaultStale: false, timeout: 30, poll: BEAT_SECONDS * 1000 }),
        };
  return scenario(`the last beat of a hold, and a waiting ${other}`, [holder, heart, waiter], { beginning: 'free' });
}

/** The whole machine sleeps for longer than a lock lives, at any point. */
export function sleepingMachine(other: 'ours' | 'peer', preemptions: number): Scenario {
  const holder = { name: 'A', pid: 77, isOurs: true, program: ours({ pid: 77, work: 1000 }) };
  const waiter =
    other === 'ours'
      ? { name: 'B', pid: 78, isOurs: true, program: ours({ pid: 78 }) }
      : { name: 'P', pid: 4343, isOurs: false, program: naive({ pid: 4343, isFaultStale: false, timeout: 2, poll: 700 }) };
  const base = scenario(`the machine sleeps, ours and a waiting ${other}`, [holder, waiter], { beginning: 'free', preemptions });
  return { ...base, pause: 400_000, residuals: { isTheftPossible: other === 'peer', isJoinPossible: false } };
}

/** Ours is stopped for longer than its lock lives, while a peer goes on. */
export function stoppedHolder(preemptions: number): Scenario {
  const holder = { name: 'A', pid: 77, isOurs: true, program: ours({ pid: 77 }) };
  const peer = {
    name: 'P',
    pid: 4343,
    isOurs: false,
    program: naive({ pid: 4343, isFaultStale: false, timeout: 450, poll: 155_000 }),
  };
  const base = scenario('ours may be stopped for minutes, a peer waits', [holder, peer], {
    beginning: 'free',
    pace: 'slow',
    preemptions,
  });
  return { ...base, residuals: { isTheftPossible: true, isJoinPossible: false } };
}

function scenario(
  name: string,
  participants: readonly Participant[],
  {
    beginning,
    pace = 'prompt',
    kills = 0,
    preemptions = Infinity,
  }: Pick<Choices, 'beginning' | 'pace' | 'kills' | 'preemptions'>,
): Scenario {
  const bound = Number.isFinite(preemptions) ? `, ${preemptions} preemptions` : '';
  const full = `${name}: ${beginning}, ${pace}${kills ? `, ${kills} killed` : ''}${bound}`;
  return { name: full, participants, arrange: BEGINNINGS[beginning], pace, kills, preemptions, residuals: NO_RESIDUALS };
}
